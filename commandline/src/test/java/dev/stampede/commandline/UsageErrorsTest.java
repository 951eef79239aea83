package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class UsageErrorsTest {
    @SuppressWarnings("UnusedVariable") // picocli sets the fields
    @Command(name = "stampede", description = "Scores 100 stamps.", mixinStandardHelpOptions = true)
    @Example("INPUT --model vgg6")
    private static final class Scores implements Runnable {
        @Parameters(arity = "1..*", paramLabel = "INPUT", description = "Stamps.")
        private List<Path> inputs;

        @Option(names = "--model", required = true, paramLabel = "FILE", description = "A model.")
        private Path model;

        @Option(names = "--views", paramLabel = "N", defaultValue = "1", description = "Views.")
        private int views;

        @OptionHeading("Output")
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public void run() {}
    }

    private static String errors(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = CommandRunner.commandLine(new Scores()).setErr(new PrintWriter(err, true));
        assertThat(line.execute(arguments)).isEqualTo(2);
        return err.toString();
    }

    @Test
    void suggestsTheNearestOption() {
        assertThat(errors("x", "--model", "vgg6", "--jsno"))
                .startsWith("Unknown option: '--jsno': did you mean '--json'?");
    }

    @Test
    void aMisspelledRequiredOptionIsNotMissing() {
        assertThat(errors("x", "--modle=vgg6")).startsWith("Unknown option: '--modle=vgg6': did you mean '--model'?");
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(errors("x")).startsWith("Missing required option: '--model=FILE'\nSee stampede --help.");
    }

    @Test
    void explainsHowToGiveAFileThatStartsWithADash() throws IOException {
        Path file = Files.createFile(Path.of("-dash.npy"));
        try {
            assertThat(errors("-dash.npy", "--model", "vgg6"))
                    .startsWith(
                            "'-dash.npy' starts with a dash and is taken for an option: for the file, write ./-dash.npy");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void theHelpHasOneForm() {
        String help = CommandRunner.commandLine(new Scores()).getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(help.lines().map(line -> line.strip().replaceAll(" +", " ")).filter(line -> !line.isEmpty()))
                .containsExactly(
                        "Usage: stampede [OPTIONS] --model=FILE INPUT...",
                        "Scores 100 stamps.",
                        "Arguments:",
                        "* INPUT... Stamps.",
                        "Options (* required):",
                        "* --model=FILE A model.",
                        "--views=N Views (default: 1).",
                        "-h, --help Show this help message and exit.",
                        "-V, --version Print version information and exit.",
                        "Output:",
                        "--json Print JSON.",
                        "Example:",
                        "stampede INPUT --model vgg6");
    }

    @Test
    void theManualPageHasTheSameContent() {
        assertThat(ManPage.of(CommandRunner.commandLine(new Scores())))
                .containsSubsequence(
                        ".TH \"STAMPEDE\" 1",
                        ".SH NAME\nstampede \\- Scores 100 stamps.",
                        ".SH SYNOPSIS\nstampede [OPTIONS] \\-\\-model=FILE INPUT...",
                        ".SH \"OPTIONS\"\n.TP\n\\-\\-model=FILE\nA model. Required.",
                        ".TP\n\\-\\-views=N\nViews (default: 1).",
                        ".SH \"OUTPUT\"\n.TP\n\\-\\-json",
                        ".SH EXAMPLE\nstampede INPUT \\-\\-model vgg6");
    }
}
