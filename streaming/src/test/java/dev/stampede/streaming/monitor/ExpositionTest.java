package dev.stampede.streaming.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.wire.ErrorClass;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private final StreamMetrics metrics = new StreamMetrics();

    private String text() throws IOException {
        metrics.classifiedBy(new ModelLabels("vgg6", "1", "ab".repeat(32), "asinh-snr", "cpu"));
        metrics.classified(Verdict.REAL);
        metrics.abstained(Abstention.BLANK);
        metrics.deadLettered(ErrorClass.BAD_FITS);
        metrics.scored(0.25f);
        metrics.elapsedNanos(PipelineStage.SCORE, 2_000_000);
        metrics.endToEndMillis(30);
        metrics.observedBefore(3000);
        metrics.batchOf(40);
        metrics.unbatched();
        StringWriter text = new StringWriter();
        TextFormat.write004(text, metrics.registry().metricFamilySamples());
        return text.toString();
    }

    @Test
    void obeysTheRulesOfTheFormat() throws IOException {
        Exposition exposition = Exposition.of(text());
        exposition.requireRules();
        assertThat(exposition.value("stampede_stage_seconds_bucket{stage=\"score\",le=\"0.001\",}"))
                .isZero();
        assertThat(exposition.value("stampede_stage_seconds_bucket{stage=\"score\",le=\"0.003\",}"))
                .isOne();
        assertThat(exposition.value("stampede_dead_letters_total{error=\"bad_fits\",}"))
                .isOne();
        assertThat(exposition.names()).contains("jvm_threads_current", "process_cpu_seconds_total");
    }

    @Test
    void aRuleThatIsBrokenFails() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Exposition.of("# HELP a_ms A.\n# TYPE a_ms gauge\na_ms 1\n")
                        .requireRules());
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Exposition.of("# HELP a A.\n# TYPE a gauge\na 1\na 2\n"));
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Exposition.of(
                                "# HELP h H.\n# TYPE h histogram\nh_bucket{le=\"1.0\",} 2\nh_bucket{le=\"+Inf\",} 1\nh_count 1\nh_sum 1\n")
                        .requireRules());
    }

    @Test
    void passesPrometheusOwnCheck() throws IOException, InterruptedException {
        Promtool.requireInstalled();
        Promtool.Answer answer = Promtool.run(text().getBytes(UTF_8), "check", "metrics");
        assertThat(answer.exitCode()).as(answer.reported()).isZero();
    }
}
