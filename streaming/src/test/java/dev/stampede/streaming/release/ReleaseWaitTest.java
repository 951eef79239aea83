package dev.stampede.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.monitor.AdminServer;
import dev.stampede.streaming.monitor.HttpResponses;
import dev.stampede.streaming.monitor.Route;
import dev.stampede.streaming.release.ReleaseStatus.Rejection;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReleaseWaitTest {
    private static final long OFFSET = 3;
    private static final String OLD = "0".repeat(64);

    private final ModelRelease release = ReleaseRecords.release(TinyModel.standard(), ReleaseRole.LIVE);
    private volatile ReleaseStatus status = new ReleaseStatus(OLD, Optional.empty(), List.of());
    private final AtomicInteger requests = new AtomicInteger();
    private final AdminServer server = AdminServer.start(
            0, new CollectorRegistry(), List::of, List::of, List.of(Route.exact(ReleaseStatus.PATH, exchange -> {
                int number = requests.incrementAndGet(); // before the client can read the response
                HttpResponses.json(exchange, 200, status.toJson());
                if (number == 2) { // as if it took the release then
                    status = new ReleaseStatus(release.getSha256(), Optional.empty(), List.of());
                }
            })));
    private final URI stream = URI.create("http://127.0.0.1:" + server.port());
    private final List<URI> applied = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    private void await(Duration timeout, URI... streams) throws InterruptedException {
        new ReleaseWait(List.of(streams), Optional.empty(), timeout).await(release, OFFSET, applied::add);
    }

    @Test
    void returnsWhenEveryStreamHasTheRelease() throws InterruptedException {
        await(Duration.ofSeconds(20), stream);
        assertThat(applied).containsExactly(stream);
        assertThat(requests).hasValue(3);
    }

    @Test
    void failsAtOnceIfAStreamRejectsTheRelease() {
        status = new ReleaseStatus(
                OLD, Optional.empty(), List.of(new Rejection(OFFSET, "tiny 1: it does not fit", false)));
        assertThatExceptionOfType(ReleaseNotAppliedException.class)
                .isThrownBy(() -> await(Duration.ofSeconds(20), stream))
                .withMessage(stream + " rejected the release: tiny 1: it does not fit; withdraw it with"
                        + " ./stampede rollback");
    }

    @Test
    void failsAfterTheTimeoutAndNamesTheStreams() {
        URI absent = URI.create("http://127.0.0.1:1");
        assertThatExceptionOfType(ReleaseNotAppliedException.class)
                .isThrownBy(() -> await(Duration.ofMillis(1), stream, absent))
                .withMessageContaining(stream + " (it uses the file of SHA-256 000000000000)")
                .withMessageContaining(absent + " (it does not respond)");
    }

    @Test
    void theStatusIsReadAsItIsWritten() {
        ReleaseStatus written =
                new ReleaseStatus(OLD, Optional.of("1".repeat(64)), List.of(new Rejection(1, "a \"reason\"", true)));
        assertThat(ReleaseStatus.parse(written.toJson().toString())).isEqualTo(written);
        assertThat(ReleaseStatus.parse(status.toJson().toString())).isEqualTo(status);
    }
}
