package dev.stampede.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.DocumentationPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The commands in the documentation are those of the program. */
class DocumentedCommandsTest {
    /** A command at the start of a line of a code block, or alone in a code span. */
    private static final Pattern COMMAND =
            Pattern.compile("^(?:[A-Z_]+=\\S+ )*\\./stampede (\\S.*)$|`\\./stampede ([^`]+)`", Pattern.MULTILINE);

    private static List<String> commands(Path page) throws IOException {
        List<String> commands = new ArrayList<>();
        Matcher matcher = COMMAND.matcher(Files.readString(page).replace("\\\n", " "));
        while (matcher.find()) {
            commands.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return commands;
    }

    @Test
    void theProgramParsesThem() throws IOException {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        CommandLine program = BenchCommands.commandLine();
        List<Path> pages = new ArrayList<>(DocumentationPages.all());
        pages.removeIf(page -> page.endsWith("CHANGELOG.md")); // it names commands without all that they require
        for (Path page : pages) {
            for (String command : commands(page)) {
                boolean isComplete = command.contains(" --") && !command.matches(".*(\\.\\.\\.|COMMAND|\\[).*");
                if (isComplete) {
                    count++;
                    try {
                        DocumentedCommand.of(command).parse(program);
                    } catch (ParameterException e) {
                        wrong.add(page + ": " + command + ": " + e.getMessage());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThan(20);
    }
}
