package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class ReferenceFilesTest {
    @SuppressWarnings("UnusedVariable") // picocli sets the field
    @Command(name = "tail", description = "Prints lines.", exitCodeList = "0:done")
    private static final class Tail {
        @Option(names = "--count", paramLabel = "N", description = "A back\\slash.%nA new line.", hidden = true)
        private int hidden;

        @Option(names = "--verdict", paramLabel = "VERDICT", description = ".leading dot: ${COMPLETION-CANDIDATES}.")
        private OutputFormat format;
    }

    @Command(
            name = "root",
            description = "All commands.",
            subcommands = {Tail.class, CompletionCommand.class})
    private static final class Root {}

    @Test
    void areWhereTheShellAndManLookForThem(@TempDir Path share) throws IOException {
        ReferenceFiles.write(List.of(Root.class), share);

        assertThat(share.resolve("bash-completion/completions/stampede"))
                .content()
                .contains("complete -F _complete_stampede", "--verdict");
        assertThat(share.resolve("man/man1/stampede.1"))
                .content()
                .contains(".SH COMMANDS\n.TP\nstampede\\-tail(1)\nPrints lines.");
        assertThat(share.resolve("man/man1/stampede-tail.1"))
                .content()
                .contains(
                        ".TH \"STAMPEDE-TAIL\" 1",
                        "\\-\\-verdict=VERDICT\n\\&.leading dot: TEXT, CSV, JSON.",
                        ".SH \"EXIT STATUS\"\n.TP\n0\ndone")
                .doesNotContain("\\-\\-count");
        assertThat(share.resolve("man/man1/stampede-completion.1")).exists();
    }
}
