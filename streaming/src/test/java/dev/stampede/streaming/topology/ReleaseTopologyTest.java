package dev.stampede.streaming.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.ReleasedModel;
import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.explain.RequestExplainerFactory;
import dev.stampede.streaming.explain.StampExplainerFactory;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.scoring.ActiveModels;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.ShadowModel;
import dev.stampede.streaming.service.StreamsConfigs;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes out while models come and go. Alerts come unscored here: each is scored singly, with the models of then. */
class ReleaseTopologyTest {
    private final FirstPixelModel model = new FirstPixelModel();
    private final ReleasedModel half = ReleasedModel.named("half", "1", 0.5f);
    private final StreamMetrics metrics = new StreamMetrics();
    private final StreamSettings settings = StreamSettings.of(
            Map.of("bootstrap.servers", "nowhere:1", "explain.policy", "all", "explain.max-per-second", "1000000"));
    private final ActiveModels active = new ActiveModels(model, metrics);
    private final StampExplainerFactory explainers =
            StampExplainerFactory.of(active, ExplanationSettings.of(settings), metrics);
    private final AlertScorerFactory scoring =
            new AlertScorerFactory(active, settings.input(), metrics, Clock.systemUTC(), explainers.decorator());
    private final TopologyTestDriver driver = new TopologyTestDriver(
            VerdictTopology.of(settings.topics(), scoring, explainers), StreamsConfigs.of(settings));
    private final TestInputTopic<byte[], byte[]> alerts =
            driver.createInputTopic("alerts", new ByteArraySerializer(), new ByteArraySerializer());

    @AfterEach
    void close() {
        driver.close();
        assertThat(half.open).hasValue(0);
    }

    private void pipe(float probability) {
        alerts.pipeInput(new byte[0], SingleObject.write(Alerts.uniform("a", probability)));
    }

    private List<byte[]> values(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList();
    }

    private List<Classification> classifications(String topic) throws IOException {
        List<Classification> classifications = new ArrayList<>();
        for (byte[] value : values(topic)) {
            classifications.add(Classifications.read(value));
        }
        return classifications;
    }

    private double metric(String name, String label, String value) {
        return metrics.registry().getSampleValue(name, new String[] {label}, new String[] {value});
    }

    @Test
    void eachVerdictNamesTheModelThatGaveIt() throws IOException {
        pipe(0.8f);
        active.swapTo(half);
        pipe(0.8f);
        List<Classification> reported = classifications("classifications");
        assertThat(reported)
                .extracting(Classification::getModelSha256)
                .containsExactly(
                        FirstPixelModel.IDENTITY.sha256(), half.identity().sha256());
        assertThat(reported).extracting(Classification::getModelName).containsExactly("first-pixel", "half");
        assertThat(reported).extracting(Classification::getVerdict).containsExactly(Verdict.REAL, Verdict.BOGUS);
        assertThat(values("shadow-classifications")).isEmpty();
    }

    @Test
    void aShadowHasATopicOfItsOwnAndIsCompared() throws IOException {
        active.setShadow(new ShadowModel(half, Duration.ofMinutes(1)));
        pipe(0.8f);
        pipe(0.2f);
        pipe(Float.NaN);
        assertThat(classifications("classifications"))
                .extracting(Classification::getModelName)
                .containsOnly("first-pixel");
        List<Classification> shadow = classifications("shadow-classifications");
        assertThat(shadow).extracting(Classification::getModelName).containsOnly("half");
        assertThat(shadow).extracting(Classification::getAlertId).containsOnly("a");
        assertThat(shadow)
                .extracting(Classification::getVerdict)
                .containsExactly(Verdict.BOGUS, Verdict.BOGUS, Verdict.ABSTAIN);
        assertThat(metric("stampede_shadow_verdicts_total", "agreement", "different"))
                .isOne();
        assertThat(metric("stampede_shadow_verdicts_total", "agreement", "same"))
                .isEqualTo(2);
        assertThat(metrics.registry().getSampleValue("stampede_shadow_score_difference_count"))
                .isEqualTo(2);
        assertThat(metrics.registry().getSampleValue("stampede_shadow_score_difference_sum"))
                .isEqualTo(0.4 - 0.8 + 0.1 - 0.2, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(metric("stampede_alerts_total", "outcome", "real"))
                .as("of the live model")
                .isOne();
    }

    @Test
    void requestsOfTheModelBeforeAreExplainedByItAfterASwap() {
        pipe(0.8f);
        List<byte[]> before = values("explanation-requests");
        try (PollScorer explainer = new RequestExplainerFactory(explainers, OutputRecords.ofDefault()).newScorer()) {
            active.swapTo(half);
            pipe(0.8f);
            List<byte[]> after = values("explanation-requests");
            assertThat(models(explainer.score(List.of(before.get(0), after.get(0)))))
                    .containsExactly("first-pixel", "half");
            assertThat(models(explainer.score(before))).containsExactly("first-pixel");
            assertThat(models(explainer.score(after))).containsExactly("half");
            assertThat(explainer.score(before).get(0))
                    .as("a poll had none of the model before, which is closed since")
                    .isInstanceOf(Outcome.Unexplained.class);
        }
    }

    private static List<String> models(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> ((Outcome.Explained) outcome).classification().getModelName())
                .toList();
    }
}
