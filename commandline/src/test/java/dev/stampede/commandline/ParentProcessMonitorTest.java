package dev.stampede.commandline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A command as a process of its own, whose standard input this process holds. */
class ParentProcessMonitorTest {
    @Command(name = "stampede")
    static final class Working implements Callable<Integer> {
        @Parameters
        private int seconds;

        @Override
        public Integer call() throws InterruptedException {
            System.out.println("begin");
            TimeUnit.SECONDS.sleep(seconds);
            System.out.println("end");
            return 0;
        }

        public static void main(String[] arguments) {
            CommandRunner.main(new Working(), arguments);
        }
    }

    private static Process start(boolean watches, int seconds) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Working.class.getName(),
                String.valueOf(seconds));
        builder.environment().put(ParentProcessMonitor.VARIABLE, String.valueOf(watches));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    void aCommandEndsWhenItsStandardInputDoes() throws Exception {
        Process process = start(true, 60);
        assertThat(process.getInputStream().read()).as("it has begun").isEqualTo('b');
        process.getOutputStream().close();

        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(process.getInputStream().readAllBytes()).asString(UTF_8).doesNotContain("end");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCommandGoesOnWhileItsInputIsOpenAndIfNoParentAsksForTheWatch(boolean watches) throws Exception {
        Process process = start(watches, 1);
        if (!watches) {
            process.getOutputStream().close();
        }

        assertThat(process.waitFor()).isZero();
    }

    @Test
    void anInputThatIsLostHasEnded() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        // Reading from a pipe without a writer fails.
        ParentProcessMonitor.start(new PipedInputStream(), ended::countDown);

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
