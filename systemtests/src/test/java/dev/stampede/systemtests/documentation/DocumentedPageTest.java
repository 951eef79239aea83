package dev.stampede.systemtests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.DocumentationPages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fenced blocks of the documentation: how they are read, and the info strings that they may have. */
class DocumentedPageTest {
    private static final Set<String> LANGUAGES =
            Set.of("", "sh", "text", "java", "json", "properties", "python", "sql", "toml", "xml", "yaml");
    private static final Set<String> NEEDS =
            Set.of("cluster", "docker", "kubernetes", "root", "gpu", "network", "hours", "browser");

    @Test
    void everyBlockHasAKnownInfoString() throws IOException {
        List<String> unknown = new ArrayList<>();
        int count = 0;
        for (Path file : DocumentationPages.all()) {
            for (CodeBlock block : DocumentedPage.read(file).blocks()) {
                count++;
                boolean isKnown = (block.isCommands() && block.needs().isPresent())
                        ? NEEDS.contains(block.needs().get())
                        : LANGUAGES.contains(block.info());
                if (!isKnown) {
                    unknown.add(file + ":" + block.line() + ": " + block.info());
                }
            }
        }
        assertThat(unknown)
                .as("blocks that are neither in one of %s nor sh needs=%s", LANGUAGES, NEEDS)
                .isEmpty();
        assertThat(count).isGreaterThan(50);
    }

    @Test
    void noOutputIsThatOfACommandInTheBackground() throws IOException {
        List<String> racing = new ArrayList<>();
        for (Path file : DocumentationPages.all()) {
            for (CodeBlock block : DocumentedPage.read(file).blocks()) {
                if (block.isCommands() && block.hasRacingOutput()) {
                    racing.add(file + ":" + block.line());
                }
            }
        }
        assertThat(racing)
                .as("blocks whose last command runs in the background, so that its output may come later")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"./stampede broker &, true", "./stampede broker & wait, false", "grep -c '&&' log, false"})
    void theOutputOfACommandInTheBackgroundRaces(String command, boolean isRacing) {
        List<CodeBlock> blocks =
                DocumentedPage.blocks(List.of("```sh", "first &", command, "", "```", "", "```text", "ready", "```"));

        assertThat(blocks.get(0).hasRacingOutput()).isEqualTo(isRacing);
    }

    @Test
    void readsCommandsWithTheOutputDirectlyAfterThem() {
        List<CodeBlock> blocks = DocumentedPage.blocks("""
                # Page

                ```sh
                ./stampede broker &
                ```

                ```text
                ready
                ```

                1. A list:

                   ```sh needs=docker
                   docker run \\
                     stampede
                   ```

                   It prints:

                   ```text
                   no output of the block above
                   ```
                """.lines().toList());

        assertThat(blocks).extracting(CodeBlock::line).containsExactly(3, 7, 13, 20);
        assertThat(blocks.get(0).code()).isEqualTo("./stampede broker &\n");
        assertThat(blocks.get(0).output()).hasValue("ready\n");
        assertThat(blocks.get(0).needs()).isEmpty();
        assertThat(blocks.get(2).code()).isEqualTo("docker run \\\n  stampede\n");
        assertThat(blocks.get(2).output()).isEmpty();
        assertThat(blocks.get(2).needs()).hasValue("docker");
    }

    @ParameterizedTest
    @CsvSource({
        "3 alerts in ... s., 3 alerts in 0.2 s., true",
        "3 alerts in ... s., 4 alerts in 0.2 s., false",
        "..., anything, true",
        "a.c, abc, false",
        "100 % (of 3), 100 % (of 3), true"
    })
    void comparesTheLastLineWhereThreeDotsAreAnyText(String expected, String printed, boolean isSame) {
        CodeBlock block = DocumentedPage.blocks(List.of("```sh", "run", "```", "```text", "first", expected, "```"))
                .get(0);

        assertThat(block.isOutput("other\n" + printed + "  \n\n")).isEqualTo(isSame);
    }
}
