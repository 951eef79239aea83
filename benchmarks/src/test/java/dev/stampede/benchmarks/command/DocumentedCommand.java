package dev.stampede.benchmarks.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** A command of Stampede in a text, such as {@code classify 'my stamps.npy' > scores.csv}; what follows it is dropped. */
record DocumentedCommand(List<String> arguments) {
    private static final Pattern TOKEN = Pattern.compile("'[^']*'|\"[^\"]*\"|[^\\s|>&;#]+|[|>&;#]");

    static DocumentedCommand of(String text) {
        List<String> arguments = new ArrayList<>();
        Matcher tokens = TOKEN.matcher(text);
        while (tokens.find() && !tokens.group().matches("[|>&;#]")) {
            arguments.add(tokens.group().replaceAll("^['\"]|['\"]$", ""));
        }
        return new DocumentedCommand(arguments);
    }

    ParseResult parse(CommandLine line) {
        return line.parseArgs(arguments.toArray(String[]::new));
    }
}
