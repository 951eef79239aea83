package dev.stampede.commandline;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A manual page of section 1 in the macros of man(7). */
final class ManPage {
    private final CommandSpec command;
    private final StringBuilder text = new StringBuilder();

    private ManPage(CommandLine line) {
        command = line.getCommandSpec();
    }

    /** The name of the page of a command: stampede-bench-stream for {@code stampede bench stream}. */
    static String name(CommandLine line) {
        return line.getCommandSpec().qualifiedName("-");
    }

    /** The page of a command. */
    static String of(CommandLine line) {
        return new ManPage(line).write();
    }

    private String write() {
        String name = command.qualifiedName("-");
        macro("TH", quoted(name.toUpperCase(Locale.ROOT)), "1", quoted(""), quoted("Stampede"));
        macro("nh");
        macro("ad", "l");
        macro("SH", "NAME");
        text(name + " - " + String.join(" ", command.usageMessage().description()));
        macro("SH", "SYNOPSIS");
        text(synopsis());
        macro("SH", "DESCRIPTION");
        paragraphs(command.usageMessage().description());
        arguments();
        options();
        commands();
        exitCodes();
        Example example = command.userObject().getClass().getAnnotation(Example.class);
        if (example != null) {
            macro("SH", "EXAMPLE");
            text(command.root().name() + " " + example.value());
        }
        if (command.usageMessage().footer().length > 0) {
            macro("SH", "NOTES");
            paragraphs(command.usageMessage().footer());
        }
        return text.toString();
    }

    private String synopsis() {
        Help help = command.commandLine().getHelp();
        return help.synopsis(0).strip().replaceAll("\\s+", " ");
    }

    private void arguments() {
        List<PositionalParamSpec> arguments = command.positionalParameters();
        if (!arguments.isEmpty()) {
            macro("SH", "ARGUMENTS");
            arguments.forEach(argument -> item(argument.paramLabel(), argument));
        }
    }

    private void options() {
        for (Entry<String, List<OptionSpec>> group :
                OptionList.byHeading(command).entrySet()) {
            macro("SH", quoted(group.getKey().toUpperCase(Locale.ROOT)));
            group.getValue().forEach(option -> item(OptionList.names(option), option));
        }
    }

    private void item(String term, ArgSpec argument) {
        macro("TP");
        text(term);
        text(OptionList.describe(argument));
    }

    private void commands() {
        Map<String, CommandLine> commands = command.subcommands();
        if (!commands.isEmpty()) {
            macro("SH", "COMMANDS");
            commands.forEach((name, line) -> {
                macro("TP");
                text(ManPage.name(line) + "(1)");
                paragraphs(line.getCommandSpec().usageMessage().description());
            });
        }
    }

    private void exitCodes() {
        Map<String, String> codes = command.usageMessage().exitCodeList();
        if (!codes.isEmpty()) {
            macro("SH", quoted("EXIT STATUS"));
            codes.forEach((code, meaning) -> {
                macro("TP");
                text(code);
                text(meaning);
            });
        }
    }

    private void paragraphs(String... lines) {
        text(String.join(" ", lines));
    }

    private void macro(String name, String... arguments) {
        text.append('.').append(name);
        for (String argument : arguments) {
            text.append(' ').append(argument);
        }
        text.append('\n');
    }

    private static String quoted(String argument) {
        return '"' + argument + '"';
    }

    /** Adds a line of text: a backslash and a hyphen are escaped, and a leading dot or quote starts no macro. */
    private void text(String line) {
        String plain = Ansi.OFF.string(String.format(Locale.ROOT, line.replace("%", "%%")));
        String escaped = plain.lines()
                .collect(Collectors.joining(" "))
                .replace("\\", "\\e")
                .replace("-", "\\-");
        text.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
                .append(escaped)
                .append('\n');
    }
}
