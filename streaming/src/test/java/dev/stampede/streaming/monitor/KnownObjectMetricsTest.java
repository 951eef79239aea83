package dev.stampede.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.score.Verdict;
import io.prometheus.client.CollectorRegistry;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownObjectMetricsTest {
    private final CollectorRegistry registry = new CollectorRegistry();
    private final KnownObjectMetrics metrics = new KnownObjectMetrics(registry);

    private void classify(int times, String survey, double signalToNoise, Verdict verdict) {
        for (int i = 0; i < times; i++) {
            metrics.classified(survey, OptionalDouble.of(signalToNoise), verdict);
        }
    }

    private @Nullable Double count(String survey, String signalToNoise, String verdict) {
        return registry.getSampleValue(
                "stampede_known_objects_total",
                new String[] {"survey", "signal_to_noise", "verdict"},
                new String[] {survey, signalToNoise, verdict});
    }

    private @Nullable Double recall(String survey, String signalToNoise) {
        return registry.getSampleValue(
                "stampede_known_object_recall",
                new String[] {"survey", "signal_to_noise"},
                new String[] {survey, signalToNoise});
    }

    @ParameterizedTest(name = "S/N {0} is in the range from {1}")
    @CsvSource({"0, 0", "4.999, 0", "5, 5", "-6, 5", "7, 7", "12, 10", "19.9, 15", "20, 20", "1e9, 30", "NaN, unknown"})
    void countsInTheRangeOfTheSignalToNoise(double signalToNoise, String range) {
        metrics.classified("LSST", OptionalDouble.of(signalToNoise), Verdict.REAL);
        assertThat(count("LSST", range, "real")).isOne();
    }

    @Test
    void sharesOutWhatWasScoredBySurvey() {
        metrics.classified("ZTF", OptionalDouble.empty(), Verdict.ABSTAIN);
        assertThat(count("ZTF", "unknown", "abstain")).isOne();
        classify(40, "LSST", 12, Verdict.REAL);
        classify(7, "LSST", 12, Verdict.ABSTAIN);
        classify(9, "LSST", 12, Verdict.BOGUS);
        assertThat(recall("LSST", "10")).as("of 49 scored, too few").isNull();
        classify(1, "LSST", 12, Verdict.BOGUS);
        assertThat(recall("LSST", "10")).isEqualTo(0.8);
        assertThat(recall("LSST", "15")).isNull();
        assertThat(recall("ZTF", "10")).isNull();
        assertThat(metrics.recall()).isEqualTo(0.8);
        assertThat(metrics.recent()).isEqualTo(50);
    }

    @Test
    void forgetsWhatIsBeyondTheLast500() {
        classify(RecentShare.WINDOW, "LSST", 12, Verdict.BOGUS);
        assertThat(recall("LSST", "10")).isZero();
        classify(RecentShare.WINDOW / 2, "LSST", 12, Verdict.REAL);
        assertThat(recall("LSST", "10")).isEqualTo(0.5);
        assertThat(count("LSST", "10", "bogus")).as("a counter keeps all").isEqualTo(RecentShare.WINDOW);
    }

    @Test
    void boundsTheNamesOfSurveys() {
        for (int i = 0; i < KnownObjectMetrics.MAX_SURVEYS + 5; i++) {
            classify(1, "survey " + i, 12, Verdict.REAL);
        }
        assertThat(count("other", "10", "real")).isEqualTo(5);
    }
}
