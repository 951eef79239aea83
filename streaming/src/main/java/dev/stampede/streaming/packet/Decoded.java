package dev.stampede.streaming.packet;

/** The result of decoding a record: an alert, or a dead letter. */
public sealed interface Decoded permits Alert, DeadLetter {}
