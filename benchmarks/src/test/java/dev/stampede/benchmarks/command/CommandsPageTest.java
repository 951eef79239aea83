package dev.stampede.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "commands.md");

    @Test
    void theDocumentedCommandsAreThoseOfTheProgram() throws IOException {
        String page = CommandsPage.text(BenchCommands.commandLine());
        if (Boolean.getBoolean("stampede.regenerate")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("docs/reference/commands.md; write it again with ./mvnw -pl benchmarks -am test"
                        + " -Dtest=CommandsPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dstampede.regenerate=true")
                .hasContent(page);
    }
}
