package dev.stampede.streaming.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.commandline.CommandRunner;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class DemoCommandTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "--alerts, 0",
        "--alerts, -5",
        "--alerts, many",
        "--rate, 0",
        "--rate, -1",
        "--rate, NaN",
        "--rate, Infinity",
        "--http-port, 70000",
        "--http-port, -1",
        "--no-such-option, 1"
    })
    void refusesWrongUsage(String option, String value) {
        assertThat(CommandRunner.run(new DemoCommand(), option, value)).isEqualTo(2);
    }

    @Test
    void failsWhereTheModelIsAbsent(@TempDir Path directory) {
        String absent = directory.resolve("absent.onnx").toString();
        assertThat(CommandRunner.run(new DemoCommand(), "--alerts", "1", "--model", absent))
                .isEqualTo(1);
    }

    @Test
    void explainsItself() {
        assertThat(CommandRunner.run(new DemoCommand(), "--help")).isZero();
    }
}
