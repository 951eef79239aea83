package dev.stampede.streaming.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.service.GracefulShutdown;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DemoTest {
    private static final int SIDE = 21;
    private final FirstPixelModel model = new FirstPixelModel();
    private final GracefulShutdown shutdown = GracefulShutdown.onRequest();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    private Demo demo(long alerts, double rate) {
        return new Demo(
                new DemoSettings(alerts, rate, 0, 3),
                model,
                DemoTest::candidate,
                new PrintStream(notes, true, UTF_8),
                true,
                shutdown);
    }

    /** Every third is real, which the model sees; of the others it takes every fourth for real. */
    private static DemoCandidate candidate(long index) {
        boolean isReal = index % 3 == 0;
        float[] pixels = new float[SIDE * SIDE];
        Arrays.fill(pixels, isReal || index % 4 == 0 ? 0.9f : 0.1f);
        return new DemoCandidate(Stamp.of(1, SIDE, SIDE, pixels), isReal, isReal ? 12 : Double.NaN);
    }

    @Test
    void accountsForEveryAlert() throws Exception {
        DemoReport report = demo(3000, 2000).run().orElseThrow();
        assertThat(report.isConserved()).isTrue();
        JsonNode json = new ObjectMapper().valueToTree(report.toMap());
        assertThat(json.get("alertsIn").asLong()).isEqualTo(3000);
        assertThat(json.get("real").asLong()
                        + json.get("bogus").asLong()
                        + json.get("abstain").asLong()
                        + json.get("deadLetters").asLong())
                .isEqualTo(3000);
        assertThat(json.get("deadLetters").asLong()).isPositive();
        assertThat(json.get("recall").asDouble()).isEqualTo(1);
        assertThat(json.get("falsePositiveRate").asDouble()).isBetween(0.15, 0.35);
        assertThat(json.get("alertsPerSecond").asDouble()).isPositive();
        assertThat(json.get("latencyMillisP99").asLong())
                .isGreaterThanOrEqualTo(json.get("latencyMillisP50").asLong());
        assertThat(json.get("provider").asText()).isEqualTo("cpu");
        assertThat(json.get("model").asText()).isEqualTo("first-pixel 7");
        assertThat(report.sheet().picture().getHeight())
                .as("six rows of stamps")
                .isGreaterThan(6 * 4 * SIDE);
        assertThat(report.toText()).contains("alerts in            3,000", "recall               100.00 %");
        assertThat(notes.toString(UTF_8))
                .contains("Simulating 10,000 alerts, from which 3,000 are drawn at random with repetition...")
                .contains("live page http://127.0.0.1:", "alerts/s");
    }

    @Test
    void runsUntilStoppedAndCompletesAlertsInFlight() throws Exception {
        Demo demo = demo(Long.MAX_VALUE, 500);
        Thread stopper = new Thread(() -> {
            while (model.batches.isEmpty()) {
                Thread.onSpinWait();
            }
            shutdown.request();
        });
        stopper.start();
        DemoReport report = demo.run().orElseThrow();
        stopper.join();
        assertThat(report.isConserved()).isTrue();
        assertThat(report.toText()).contains("missing              0");
    }

    @Test
    void hasNoReportIfStoppedBeforeTheFirstAlert() throws Exception {
        shutdown.request();
        assertThat(demo(Long.MAX_VALUE, 500).run()).isEmpty();
        assertThat(notes.toString(UTF_8))
                .contains("from which those to send are drawn")
                .doesNotContain("broker");
    }

    @Test
    void failsIfTheScorerFails() {
        model.failOn(size -> true);
        assertThatExceptionOfType(DemoException.class)
                .isThrownBy(() -> demo(100, Double.POSITIVE_INFINITY).run())
                .withMessageContaining("the stream failed");
    }

    @Test
    void rejectsInvalidSettings() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DemoSettings(0, Double.POSITIVE_INFINITY, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new DemoSettings(Long.MAX_VALUE, Double.NaN, 0, 1));
    }
}
