package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GracefulShutdownTest {
    private static void raise(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance(name));
    }

    /** A shell without job control starts a process in the background with SIGINT ignored, for good. */
    static Stream<String> signals() throws IOException {
        Path status = Path.of("/proc/self/status");
        boolean isInterruptIgnored = Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(line.length() - 16), 16) & 2) != 0);
        return isInterruptIgnored ? Stream.of("TERM") : Stream.of("INT", "TERM");
    }

    @ParameterizedTest
    @MethodSource("signals")
    @Timeout(20)
    void aSignalRequestsTheCommandToStop(String name) throws Exception {
        try (GracefulShutdown shutdown = GracefulShutdown.within(Duration.ofSeconds(20))) {
            assertThat(shutdown.isRequested()).isFalse();
            raise(name);
            shutdown.await();
            assertThat(shutdown.isRequested()).isTrue();
        }
    }

    @Test
    @Timeout(20)
    void theInnermostCommandGetsTheSignal() throws Exception {
        try (GracefulShutdown outer = GracefulShutdown.within(Duration.ofSeconds(20))) {
            try (GracefulShutdown inner = GracefulShutdown.within(Duration.ofSeconds(20))) {
                raise("TERM");
                inner.await();
                assertThat(outer.isRequested()).isFalse();
            }
            raise("TERM");
            outer.await();
        }
    }
}
