package dev.stampede.commandline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes the completion script and the manual pages of a distribution, where bash-completion and man look for them. */
public final class ReferenceFiles {
    private static final String PROGRAM = "stampede";

    private ReferenceFiles() {}

    /** Writes the files of the command with the class name {@code arguments[0]} to the folder {@code arguments[1]}. */
    public static void main(String[] arguments) throws IOException, ClassNotFoundException {
        write(Class.forName(arguments[0]), Path.of(arguments[1]));
    }

    static void write(Class<?> command, Path share) throws IOException {
        CommandLine line = CommandRunner.commandLine(command);
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
