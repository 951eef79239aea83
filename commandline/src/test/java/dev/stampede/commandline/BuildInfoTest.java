package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class BuildInfoTest {
    @Command(name = "all", mixinStandardHelpOptions = true, subcommands = One.class)
    private static final class All {}

    @Command(name = "one", mixinStandardHelpOptions = true)
    private static final class One implements Callable<Integer> {
        @Override
        public Integer call() {
            return 1;
        }
    }

    private static String print(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = CommandRunner.commandLine(new All());
        line.setOut(new PrintWriter(out));
        assertThat(line.execute(arguments)).isZero();
        return out.toString();
    }

    @Test
    void theBuildHasFilledInItsVersions() {
        BuildInfo build = BuildInfo.current();
        assertThat(build.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(build.commit()).matches("([0-9a-f]{12}|unknown)(-dirty)?");
        assertThat(build.commitTime()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ|unknown");
        assertThat(build.library("ONNX Runtime")).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(build.library("Java")).startsWith(System.getProperty("java.version"));
        assertThat(build.library("Kafka")).as("is not on this class path").isEmpty();
    }

    @Test
    void everyCommandPrintsIt() {
        String version = print("--version");
        assertThat(version)
                .startsWith("Stampede " + BuildInfo.current().version())
                .contains(BuildInfo.current().commit(), "Java", "ONNX Runtime");
        assertThat(print("one", "--version")).isEqualTo(version);
        assertThat(print("one", "-V")).isEqualTo(version);
    }
}
