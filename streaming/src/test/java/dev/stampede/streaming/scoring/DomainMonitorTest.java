package dev.stampede.streaming.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.CapturedLog;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.OutOfDomain;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DomainMonitorTest {
    @RegisterExtension
    private final CapturedLog captured = new CapturedLog(DomainMonitor.class);

    @TempDir
    private Path folder;

    /** What is ready after three alerts of 1.25 arcsec a pixel, for a model of up to 1 arcsec. */
    private HealthCheck readinessAfterThree(OutOfDomain outOfDomain) throws IOException {
        Path wide = Files.writeString(folder.resolve("wide.yaml"), SkyPackets.SURVEY_FILE + "pixelScaleArcsec: 1.25\n");
        PacketInput input = SkyPackets.input(SurveyCatalogue.with(List.of(wide)), SchemaSource.NONE)
                .withOutOfDomain(outOfDomain);
        AlertScorerFactory scoring =
                new AlertScorerFactory(new FirstPixelModel(), input, new StreamMetrics(), Clock.systemUTC());
        DomainMonitor monitor = DomainMonitor.begin(scoring);
        byte[] packet = SkyPackets.container(SkyPackets.record());
        try (PollScorer scorer = scoring.newScorer()) {
            scorer.score(List.of(packet, packet, new byte[] {1}));
            scorer.score(List.of(packet));
        }
        return monitor.readiness();
    }

    @Test
    void countsAlertsOutsideTheDomainAndLogsEachReasonOnce() throws IOException {
        HealthCheck readiness = readinessAfterThree(OutOfDomain.ABSTAIN);
        assertThat(readiness.holds()).as("the stream is ready").isTrue();
        assertThat(readiness.description())
                .isEqualTo("3 of 3 alerts were outside the domain of the model, the latest:"
                        + " 1.25 arcsec per pixel, not 0.25 to 1.00");
        assertThat(captured.lines()).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("outside the domain", "input.out-of-domain=classify");
            assertThat(line.getKeyValuePairs())
                    .extracting(Object::toString)
                    .contains("reason=\"1.25 arcsec per pixel, not 0.25 to 1.00\"");
        });
    }

    @Test
    void saysSoIfAllAlertsAreClassified() throws IOException {
        assertThat(readinessAfterThree(OutOfDomain.CLASSIFY).description())
                .isEqualTo("no alert was outside the domain of the model");
        assertThat(captured.lines()).isEmpty();
    }
}
