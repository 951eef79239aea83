package dev.stampede.commandline;

import dev.stampede.stamps.error.InvalidInputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command with the exit codes 0 (success), 1 (the work failed) and 2 (wrong usage or settings). A known failure
 * prints its message on standard error; a bug prints a stack trace. If the reader of standard output ends, as {@code head}
 * does, the command ends without a message, with exit code {@value #READER_ENDED}.
 */
public final class CommandRunner {
    /** 128 and the number of SIGPIPE, as for a program without a handler of this signal. */
    static final int READER_ENDED = 141;

    private static final String STAMPEDE_PACKAGES = "dev.stampede.";

    private CommandRunner() {}

    /**
     * Runs {@code command}, a picocli command object as the main program, and ends the process with its exit code. Of its
     * subcommands only the one that runs is created.
     */
    public static void main(Object command, String... arguments) {
        main(lineOf(command, arguments), arguments);
    }

    /** Runs {@code line} as the main program and ends the process with its exit code. */
    public static void main(CommandLine line, String... arguments) {
        StandardOutput.install();
        ParentProcessMonitor.install();
        System.exit(line.execute(arguments));
    }

    /** Runs {@code command}, a picocli command object, likewise and returns its exit code. */
    public static int run(Object command, String... arguments) {
        return lineOf(command, arguments).execute(arguments);
    }

    private static CommandLine lineOf(Object command, String... arguments) {
        return commandLine(NamedSubcommand.of(command, arguments)
                .<Object>map(named -> named)
                .orElse(command));
    }

    /** The command line of a picocli command object or class, with the help and the error messages of all commands. */
    public static CommandLine commandLine(Object command) {
        CommandLine line = new CommandLine(command);
        line.setCommandName(Program.name());
        CommandHelp.install(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        setVersion(line);
        line.registerConverter(Path.class, new PathConverter());
        if ("dumb".equals(System.getenv("TERM"))) {
            line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        }
        Execution execution = new Execution();
        line.setExecutionStrategy(execution);
        line.setExecutionExceptionHandler(execution);
        line.setParameterExceptionHandler(new UsageErrors());
        return line;
    }

    /** Every command prints the same version. */
    private static void setVersion(CommandLine line) {
        line.getCommandSpec().versionProvider(new Version());
        line.getSubcommands().values().forEach(CommandRunner::setVersion);
    }

    // Not lambdas, which an archive of classes cannot hold: picocli's interfaces are in an old format.

    /** Versions for {@code --version}. */
    private static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return BuildInfo.current().lines().toArray(String[]::new);
        }
    }

    /** Runs a command that has been parsed, and turns its failures into messages and exit codes. */
    private static final class Execution
            implements CommandLine.IExecutionStrategy, CommandLine.IExecutionExceptionHandler {
        /** Runs the command or prints the help, and flushes standard output. */
        @Override
        public int execute(ParseResult parsed) {
            try {
                int exitCode = new CommandLine.RunLast().execute(parsed);
                parsed.asCommandLineList().forEach(line -> line.getOut().flush());
                return exitCode;
            } catch (LostOutputException lost) { // outside of the command, such as by the help
                throw new CommandLine.ExecutionException(
                        parsed.commandSpec().commandLine(), String.valueOf(lost.getMessage()), lost);
            }
        }

        @Override
        public int handleExecutionException(Exception failure, CommandLine failed, ParseResult parsed)
                throws Exception {
            if (failure instanceof LostOutputException lost && lost.hasReaderEnded()) {
                return READER_ENDED;
            }
            failed.getErr().println(SafeText.lines(message(failure).orElseThrow(() -> failure)));
            return exitCode(failure);
        }

        private static int exitCode(Exception failure) {
            if (failure instanceof CommandException exception) {
                return exception.exitCode();
            }
            return failure instanceof InvalidInputException
                    ? CommandLine.ExitCode.USAGE
                    : CommandLine.ExitCode.SOFTWARE;
        }

        /** The message of an exception of Stampede, which is for the user; any other exception is a bug. */
        private static Optional<String> message(Exception failure) {
            return failure.getClass().getName().startsWith(STAMPEDE_PACKAGES)
                    ? Optional.ofNullable(failure.getMessage())
                    : Optional.empty();
        }
    }

    /** Paths of options and parameters; names the remedy for one that the locale cannot express. */
    private static final class PathConverter implements CommandLine.ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new CommandLine.TypeConversionException(
                        "'" + text + "' is not a path: " + e.getReason() + "; check the locale (LC_ALL=C.UTF-8)");
            }
        }
    }
}
