package dev.stampede.streaming.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.PollScorer;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SurveyVerdictsTest {
    private final CollectorRegistry registry = new CollectorRegistry();

    private void predict(List<byte[]> values) {
        SurveyVerdicts verdicts = new SurveyVerdicts();
        verdicts.register(registry);
        AlertScorerFactory scoring =
                new AlertScorerFactory(new FirstPixelModel(), 100_000, new StreamMetrics(), Clock.systemUTC());
        scoring.addListener(verdicts);
        try (PollScorer scorer = scoring.newScorer()) {
            scorer.score(values);
        }
    }

    private static byte[] alert(String survey, float pixel) {
        float[] pixels = new float[Alerts.SIDE * Alerts.SIDE];
        Arrays.fill(pixels, pixel);
        Stamp stamp = Stamp.of(1, Alerts.SIDE, Alerts.SIDE, pixels);
        return StampAlertWriter.write("id", survey, List.of(Plane.MEDIAN), stamp);
    }

    private @Nullable Double count(String survey, String band, String verdict) {
        return registry.getSampleValue(
                "stampede_verdicts_total",
                new String[] {"survey", "band", "verdict"},
                new String[] {survey, band, verdict});
    }

    @Test
    void countsVerdictsBySurveyAndBand() {
        predict(List.of(alert("A", 0.9f), alert("B", 0.1f), alert("A", 0.8f), alert("A", Float.NaN)));
        assertThat(count("A", "", "real")).isEqualTo(2);
        assertThat(count("A", "", "abstain")).isOne();
        assertThat(count("B", "", "bogus")).isOne();
        assertThat(count("B", "", "real")).isNull();
    }

    @Test
    void countsSurveysBeyondABoundTogether() {
        predict(IntStream.range(0, SurveyVerdicts.MAX_PAIRS + 36)
                .mapToObj(i -> alert("survey " + i, 0.9f))
                .toList());
        assertThat(count("other", "other", "real")).isEqualTo(36);
    }
}
