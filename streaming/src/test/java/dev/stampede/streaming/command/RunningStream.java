package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stampede.streaming.Polling;
import dev.stampede.streaming.service.GracefulShutdown;
import dev.stampede.streaming.service.StreamRunner;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A stream that runs as in the command {@code stream}, until it is closed. */
final class RunningStream implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    final CompletableFuture<Void> run;
    private final GracefulShutdown shutdown = GracefulShutdown.onRequest();
    private final ByteArrayOutputStream messages;
    private boolean hasFailed;

    RunningStream(StreamSettings settings) {
        this(settings, new ByteArrayOutputStream());
    }

    RunningStream(StreamSettings settings, ByteArrayOutputStream messages) {
        this.messages = messages;
        StreamRunner stream = new StreamRunner(settings, shutdown, new PrintStream(messages, true, UTF_8));
        run = CompletableFuture.runAsync(() -> {
            try {
                stream.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    String messages() {
        return messages.toString(UTF_8);
    }

    void awaitRunning() {
        Polling.await(() -> messages().contains("Running") || run.isDone(), this::messages);
        assertThat(run).as(messages()).isNotDone();
    }

    /** Why it ended by itself. */
    String failure() {
        hasFailed = true;
        Throwable failure = catchThrowable(
                () -> run.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join());
        assertThat(failure).isInstanceOf(CompletionException.class);
        assertThat(failure)
                .cause()
                .extracting(cause -> cause.getClass().getName())
                .asString()
                .startsWith("dev.stampede.");
        return String.valueOf(failure.getMessage());
    }

    @Override
    public void close() {
        shutdown.request();
        if (!hasFailed) {
            assertThat(run).succeedsWithin(TIMEOUT);
        }
    }
}
