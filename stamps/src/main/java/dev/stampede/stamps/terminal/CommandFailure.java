package dev.stampede.stamps.terminal;

/** A command cannot go on for a reason that a sentence explains: that sentence is printed, and no stack trace. */
public final class CommandFailure extends RuntimeException {
    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The work failed: exit code 1. */
    public static CommandFailure failed(String message) {
        return new CommandFailure(1, message);
    }

    /** The command was used wrongly, or a setting is wrong: exit code 2. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(2, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
