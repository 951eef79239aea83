package dev.stampede.commandline;

/** The program as the user starts it, for messages that name a command. */
public final class Program {
    private Program() {}

    /** Such as {@code ./stampede} or {@code stampede}; the launcher sets it. */
    public static String name() {
        return System.getProperty("stampede.program", "stampede");
    }
}
