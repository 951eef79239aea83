package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GracefulShutdownTest {
    private static void raise(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
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
                raise("INT");
                inner.await();
                assertThat(outer.isRequested()).isFalse();
            }
            raise("INT");
            outer.await();
        }
    }
}
