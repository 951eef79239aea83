package dev.stampede.commandline;

import dev.stampede.stamps.error.InvalidInputException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Runs a command with the exit codes 0 (success), 1 (the work failed) and 2 (wrong usage or settings). A known failure
 * prints its message on standard error; a bug prints a stack trace.
 */
public final class CommandRunner {
    private static final String STAMPEDE_PACKAGES = "dev.stampede.";

    private CommandRunner() {}

    /** Runs {@code command}, a picocli command object, and returns its exit code. */
    public static int run(Object command, String... arguments) {
        return commandLine(command).execute(arguments);
    }

    static CommandLine commandLine(Object command) {
        CommandLine line = new CommandLine(command);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            failed.getErr().println(message(failure).orElseThrow(() -> failure));
            return exitCode(failure);
        });
        line.setParameterExceptionHandler((failure, arguments) -> {
            CommandLine failed = failure.getCommandLine();
            PrintWriter err = failed.getErr();
            err.println(failure.getMessage());
            err.println("See ./" + failed.getCommandSpec().qualifiedName(" ") + " --help.");
            return CommandLine.ExitCode.USAGE;
        });
        return line;
    }

    private static int exitCode(Exception failure) {
        if (failure instanceof CommandException exception) {
            return exception.exitCode();
        }
        return failure instanceof InvalidInputException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    /** The message of an exception of Stampede, which is for the user; any other exception is a bug. */
    private static Optional<String> message(Exception failure) {
        return failure.getClass().getName().startsWith(STAMPEDE_PACKAGES)
                ? Optional.ofNullable(failure.getMessage())
                : Optional.empty();
    }
}
