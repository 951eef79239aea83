package dev.stampede.stamps.terminal;

import java.io.PrintStream;
import picocli.CommandLine;

/** Runs a command with the exit codes all share: 0 done, 1 the work failed, 2 wrong usage or settings. */
public final class CommandRunner {
    private CommandRunner() {}

    /** Runs {@code command}, a picocli command object, and answers its exit code. */
    public static int run(Object command, String... arguments) {
        CommandLine line = new CommandLine(command);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> report(failure, failed));
        line.setParameterExceptionHandler((wrong, given) -> {
            CommandLine meant = wrong.getCommandLine();
            meant.getErr().println(wrong.getMessage());
            meant.getErr().println("See " + meant.getCommandSpec().qualifiedName(" ") + " --help.");
            return CommandLine.ExitCode.USAGE;
        });
        return line.execute(arguments);
    }

    private static int report(Exception failure, CommandLine failed) throws Exception {
        if (failure instanceof CommandFailure stated) {
            failed.getErr().println(stated.getMessage());
            return stated.exitCode();
        }
        throw failure;
    }

    /** The progress of {@code total} steps on the terminal, or as plain lines where standard error is none. */
    public static Progress progress(String what, long total) {
        PrintStream out = System.err;
        return new Progress(out, System.console() != null, what, total);
    }
}
