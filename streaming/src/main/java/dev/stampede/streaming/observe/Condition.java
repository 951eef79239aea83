package dev.stampede.streaming.observe;

/**
 * Something that must hold for a stream to be alive or ready.
 *
 * @param name what it is about, in one word
 * @param holds whether it holds
 * @param words how things are
 */
public record Condition(String name, boolean holds, String words) {}
