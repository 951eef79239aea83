package dev.stampede.streaming.packet;

/** What the bytes of a record turned out to be: an alert, or a dead letter with its cause. */
public sealed interface Packet permits Alert, DeadLetter {}
