package dev.stampede.commandline;

import java.io.File;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports arguments that a command cannot take: what is wrong, the nearest option or command, and where the help is. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine failed = failure.getCommandLine();
        PrintWriter err = failed.getErr();
        err.println(SafeText.lines(message(failure, arguments)));
        err.println("See " + failed.getCommandSpec().qualifiedName(" ") + " --help.");
        return CommandLine.ExitCode.USAGE;
    }

    private static String message(ParameterException failure, String[] arguments) {
        List<String> unmatched = unmatched(failure);
        if (unmatched.isEmpty()) {
            return String.valueOf(failure.getMessage());
        }
        Optional<String> file = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("-") && unmatched.contains(argument))
                .filter(argument -> new File(argument).exists())
                .findFirst();
        if (file.isPresent()) {
            return "'" + file.get() + "' starts with a dash and is taken for an option: for the file, write ./"
                    + file.get();
        }
        CommandLine failed = failure.getCommandLine();
        return new UnmatchedArgumentException(failed, unmatched).getMessage()
                + nearest(unmatched.get(0), failed.getCommandSpec())
                        .map(name -> ": did you mean '" + name + "'?")
                        .orElse("");
    }

    private static Optional<String> nearest(String unknown, CommandSpec command) {
        return unknown.startsWith("-")
                ? NearestName.of(unknown.split("=", 2)[0], command.optionsMap().keySet())
                : NearestName.of(unknown, command.subcommands().keySet());
    }

    /** What the command does not know; a misspelled required option counts as that, not as missing. */
    private static List<String> unmatched(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException exception) {
            return exception.getUnmatched();
        }
        if (failure instanceof MissingParameterException) {
            return failure.getCommandLine().getUnmatchedArguments().stream()
                    .filter(argument -> argument.startsWith("-"))
                    .toList();
        }
        return List.of();
    }
}
