package dev.stampede.streaming.packet;

/**
 * A value that could not be read.
 *
 * @param error why, as a class
 * @param message why, in words
 */
public record DeadLetter(ErrorClass error, String message) implements Packet {}
