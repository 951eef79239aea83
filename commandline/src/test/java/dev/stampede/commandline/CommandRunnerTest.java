package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.error.InvalidInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class CommandRunnerTest {
    private final StringWriter errors = new StringWriter();

    @Command(name = "stampede")
    private static final class Failing implements Callable<Integer> {
        private final RuntimeException failure;

        @SuppressWarnings("UnusedVariable") // picocli sets it, which is all the test needs
        @Option(names = "--count")
        private int count;

        Failing(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() {
            throw failure;
        }
    }

    private int run(RuntimeException failure, String... arguments) {
        CommandLine line = CommandRunner.commandLine(new Failing(failure));
        return line.setErr(new PrintWriter(errors, true)).execute(arguments);
    }

    @Test
    void printsTheMessageOfACommandException() {
        assertThat(run(CommandException.failed("The disk is full."))).isEqualTo(1);
        assertThat(errors).hasToString("The disk is full.\n");
    }

    @Test
    void reportsWrongUsageByItsExitCode() {
        assertThat(run(CommandException.usage("--count must be positive."))).isEqualTo(2);
    }

    @Test
    void printsTheMessageOfADomainException() {
        assertThat(run(new InvalidModelException("x.onnx has no contract."))).isEqualTo(1);
        assertThat(errors).hasToString("x.onnx has no contract.\n");
    }

    @Test
    void invalidInputIsWrongUsage() {
        assertThat(run(new InvalidInputException("max-age-ms must be positive.")))
                .isEqualTo(2);
        assertThat(errors).hasToString("max-age-ms must be positive.\n");
    }

    @Test
    void showsTheStackTraceOfABug() {
        assertThat(run(new IllegalStateException("bug"))).isEqualTo(1);
        assertThat(errors.toString()).contains("java.lang.IllegalStateException: bug", "\tat ");
    }

    @Test
    void namesAnOptionThatCannotBeRead() {
        assertThat(run(new IllegalStateException("never thrown"), "--count", "many"))
                .isEqualTo(2);
        assertThat(errors.toString()).contains("--count", "many", "See stampede --help.");
    }
}
