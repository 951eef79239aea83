package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs commands as processes of their own, as a shell does. */
class StandardOutputTest {
    @Command(name = "stampede", mixinStandardHelpOptions = true)
    static final class Printing implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Option(names = "--lines", defaultValue = "1")
        private int lines;

        /** Waits without writing, as tail does without new records. */
        @Option(names = "--wait")
        private boolean waits;

        @Override
        public Integer call() throws InterruptedException {
            for (int i = 0; i < lines; i++) {
                spec.commandLine().getOut().println("line " + i);
            }
            while (waits) {
                OutputReader.require();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return 0;
        }

        public static void main(String[] arguments) {
            CommandRunner.main(new Printing(), arguments);
        }
    }

    private record Ended(int exitCode, String err) {}

    private static Ended run(String redirection, String arguments) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "{ true >&1; } 2>/dev/null || exec 1</dev/null; '" + java
                + "' -XX:TieredStopAtLevel=1 -Xshare:auto --add-opens=java.base/sun.nio.ch=ALL-UNNAMED -cp \"$CP\" '"
                + Printing.class.getName() + "' " + arguments;
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", "( " + command + " ) " + redirection);
        shell.environment().put("CP", System.getProperty("java.class.path"));
        shell.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = shell.start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), err);
    }

    @ParameterizedTest
    @CsvSource({
        ">/dev/full, --lines 3, No space left on device",
        ">/dev/full, --help, No space left on device",
        ">&-, --lines 1, it is closed"
    })
    void aLostLineIsAFailureInOneSentence(String redirection, String arguments, String reason) throws Exception {
        assertThat(run(redirection, arguments))
                .isEqualTo(new Ended(1, "Cannot write standard output: " + reason + ".\n"));
    }

    @ParameterizedTest
    @CsvSource({"--lines 1000000", "--wait"})
    void endsWithoutAMessageWhenItsReaderEnds(String arguments) throws Exception {
        Ended ended = run("| head -n 1; exit ${PIPESTATUS[0]}", arguments);
        assertThat(ended).isEqualTo(new Ended(CommandRunner.READER_ENDED, ""));
    }

    @Test
    void aWrittenLineIsASuccess() throws Exception {
        assertThat(run("", "--lines 3")).isEqualTo(new Ended(0, ""));
    }

    @Test
    void namesAPathThatIsNoPath() {
        CommandLine line = CommandRunner.commandLine(new WithPath());
        assertThat(line.execute("--file", "a\0b")).isEqualTo(2);
    }

    @Command(name = "stampede")
    private static final class WithPath implements Runnable {
        @SuppressWarnings("UnusedVariable") // picocli sets it
        @Option(names = "--file")
        private Path file;

        @Override
        public void run() {}
    }
}
