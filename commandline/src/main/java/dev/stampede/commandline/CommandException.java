package dev.stampede.commandline;

/** A command cannot continue; its message is printed without a stack trace. Only for command classes. */
public final class CommandException extends RuntimeException {
    private final int exitCode;

    private CommandException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The work failed: exit code 1. */
    public static CommandException failed(String message) {
        return new CommandException(1, message);
    }

    /** Wrong usage or settings: exit code 2. */
    public static CommandException usage(String message) {
        return new CommandException(2, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
