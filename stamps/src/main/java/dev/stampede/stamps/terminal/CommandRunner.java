package dev.stampede.stamps.terminal;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Runs a command with the manners all share: exit code 0 done, 1 the work failed, 2 wrong usage or settings; one clear
 * sentence on standard error where the cause is known, a stack trace only for a bug.
 */
public final class CommandRunner {
    private static final String OUR_PACKAGES = "dev.stampede.";

    private CommandRunner() {}

    /** Runs {@code command}, a picocli command object, and answers its exit code. */
    public static int run(Object command, String... arguments) {
        return commandLine(command).execute(arguments);
    }

    static CommandLine commandLine(Object command) {
        CommandLine line = new CommandLine(command);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            failed.getErr().println(sentence(failure).orElseThrow(() -> failure));
            return failure instanceof CommandFailure stated ? stated.exitCode() : CommandLine.ExitCode.SOFTWARE;
        });
        line.setParameterExceptionHandler((wrong, given) -> {
            CommandLine meant = wrong.getCommandLine();
            PrintWriter err = meant.getErr();
            err.println(wrong.getMessage());
            err.println("See ./" + meant.getCommandSpec().qualifiedName(" ") + " --help.");
            return CommandLine.ExitCode.USAGE;
        });
        return line;
    }

    /** Our own exceptions say what was tried, on which thing and what to do; any other is a bug. */
    private static Optional<String> sentence(Exception failure) {
        return failure.getClass().getName().startsWith(OUR_PACKAGES)
                ? Optional.ofNullable(failure.getMessage())
                : Optional.empty();
    }
}
