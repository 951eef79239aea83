package dev.stampede.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the completion script and the manual pages of a distribution, where bash-completion and man look for them. */
public final class ReferenceFiles {
    private static final String PROGRAM = "stampede";

    private ReferenceFiles() {}

    /** Writes the files of the commands with the class names {@code arguments[1]} and following to the folder {@code arguments[0]}. */
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        List<Class<?>> commands = new ArrayList<>();
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            commands.add(Class.forName(name));
        }
        write(commands, Path.of(arguments[0]));
    }

    /** Writes the files of the subcommands of all of {@code commands}, as if they were those of the first. */
    static void write(List<Class<?>> commands, Path share) throws IOException {
        CommandLine line = CommandRunner.commandLine(commands.get(0));
        commands.stream()
                .skip(1)
                .flatMap(other -> CommandRunner.commandLine(other).getSubcommands().entrySet().stream())
                .forEach(other -> line.addSubcommand(other.getKey(), other.getValue()));
        line.setCommandName(PROGRAM);
        Path completions = Files.createDirectories(share.resolve("bash-completion/completions"));
        Files.writeString(completions.resolve(PROGRAM), AutoComplete.bash(PROGRAM, line));
        writePages(line, Files.createDirectories(share.resolve("man/man1")));
    }

    private static void writePages(CommandLine line, Path folder) throws IOException {
        Files.writeString(folder.resolve(ManPage.name(line) + ".1"), ManPage.of(line));
        for (CommandLine subcommand : line.getSubcommands().values()) {
            writePages(subcommand, folder);
        }
    }
}
