package dev.stampede.streaming.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.CropMethod;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.schemas.OcclusionMap;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.InMemoryRegistry;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.registry.SchemasUnavailableException;
import dev.stampede.streaming.scoring.ActiveModels;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.PollBatchInterceptor;
import dev.stampede.streaming.service.StreamsConfigs;
import dev.stampede.streaming.settings.InvalidSettingException;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.topology.VerdictTopology;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an alert to its explanation. The map of the test's model has the probability at row 3, column 5. */
class ExplanationTopologyTest {
    private static final Instant INGESTED = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final int SIDE = Alerts.SIDE;

    private final FirstPixelModel model = new FirstPixelModel();
    private final StreamMetrics metrics = new StreamMetrics();

    private static StreamSettings settings(String... keysAndValues) {
        Map<String, String> given = new HashMap<>(Map.of("bootstrap.servers", "nowhere:1"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            given.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return StreamSettings.of(given);
    }

    private StampExplainerFactory explainers(StreamSettings settings) {
        return StampExplainerFactory.of(new ActiveModels(model, metrics), ExplanationSettings.of(settings), metrics);
    }

    private Topology verdicts(StreamSettings settings) {
        ActiveModels models = new ActiveModels(model, metrics);
        StampExplainerFactory explainers = StampExplainerFactory.of(models, ExplanationSettings.of(settings), metrics);
        return VerdictTopology.of(
                TopicNames.DEFAULT,
                new AlertScorerFactory(models, settings.input(), metrics, Clock.systemUTC(), explainers.decorator()),
                explainers);
    }

    @AfterEach
    void closesAllThatItOpened() {
        assertThat(model.closed).hasValue(model.opened.get());
    }

    private static byte[] alert(String id, float probability) {
        return SingleObject.write(Alerts.uniform(id, probability));
    }

    private record Sent(List<Classification> verdicts, List<byte[]> requests) {}

    /** What a stream of these settings makes of the alerts. */
    private Sent send(StreamSettings settings, byte[]... alerts) throws IOException {
        Sent sent = new Sent(new ArrayList<>(), new ArrayList<>());
        try (TopologyTestDriver driver = new TopologyTestDriver(verdicts(settings), StreamsConfigs.of(settings))) {
            var input = driver.createInputTopic("alerts", new ByteArraySerializer(), new ByteArraySerializer());
            for (byte[] alert : alerts) {
                input.pipeInput(new TestRecord<>(new byte[0], alert, new RecordHeaders(), INGESTED));
            }
            for (byte[] value : values(driver, "classifications")) {
                sent.verdicts().add(Classifications.read(value));
            }
            if (ExplanationSettings.of(settings).explainsLater()) {
                sent.requests().addAll(values(driver, "explanation-requests"));
            }
        }
        return sent;
    }

    private static List<byte[]> values(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList();
    }

    /** What is explained of the requests, which come in one poll. */
    private List<TestRecord<byte[], byte[]>> explain(StreamSettings settings, List<byte[]> requests) {
        RequestExplainerFactory scoring = new RequestExplainerFactory(explainers(settings), settings.output());
        Topology topology = ExplanationTopology.of(TopicNames.DEFAULT, scoring);
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, StreamsConfigs.ofExplanations(settings))) {
            var input = driver.createInputTopic(
                    "explanation-requests", new ByteArraySerializer(), new ByteArraySerializer());
            for (ConsumerRecord<byte[], byte[]> record : poll(scoring, requests)) {
                input.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), INGESTED));
            }
            return driver.createOutputTopic("explanations", new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList();
        }
    }

    private static Iterable<ConsumerRecord<byte[], byte[]>> poll(RequestExplainerFactory scoring, List<byte[]> values) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] value : values) {
            records.add(new ConsumerRecord<>("explanation-requests", 0, 0, new byte[0], value));
        }
        PollBatchInterceptor interceptor = new PollBatchInterceptor();
        interceptor.configure(Map.of(PollBatchInterceptor.SCORING, scoring));
        var polled = interceptor.onConsume(
                new ConsumerRecords<>(Map.of(new TopicPartition("explanation-requests", 0), records), Map.of()));
        interceptor.close();
        return polled;
    }

    private static void set(SpecificRecord record, String field, @Nullable Object value) {
        record.put(record.getSchema().getField(field).pos(), value);
    }

    private double explanations(String outcome) {
        return Objects.requireNonNull(metrics.registry()
                .getSampleValue("stampede_explanations_total", new String[] {"outcome"}, new String[] {outcome}));
    }

    @Test
    void publishesTheVerdictAtOnceAndItsMapAfterwards() throws IOException {
        StreamSettings settings = settings("explain.policy", "all", "explain.fill", "noise", "explain.patch", "7");
        Sent sent = send(settings, alert("a1", 0.75f));
        Classification verdict = sent.verdicts().get(0);
        assertThat(verdict.getOcclusionMap()).isNull();
        List<TestRecord<byte[], byte[]>> explained = explain(settings, sent.requests());
        assertThat(explained).hasSize(1);
        assertThat(explained.get(0).key()).isEqualTo("a1".getBytes(UTF_8));
        assertThat(explained.get(0).headers())
                .extracting(Header::key)
                .containsExactly(
                        "content-type",
                        "stampede.verdict",
                        "stampede.model.name",
                        "stampede.model.version",
                        "stampede.survey");
        assertThat(explained.get(0).getRecordTime()).isEqualTo(INGESTED);
        Classification reported = Classifications.read(explained.get(0).value());
        OcclusionMap map = reported.getOcclusionMap();
        assertThat(map).isNotNull();
        set(reported, "occlusionMap", null);
        set(reported, "judgedOnBackground", false);
        assertThat(reported).isEqualTo(verdict);
        assertThat(map.getWidth()).isEqualTo(SIDE);
        assertThat(map.getHeight()).isEqualTo(SIDE);
        FloatBuffer values = map.getValues().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        assertThat(values.remaining()).isEqualTo(SIDE * SIDE);
        assertThat(values.get(3 * SIDE + 5)).isEqualTo(0.75f);
        assertThat(map.getPatchPixels()).isEqualTo(7);
        assertThat(map.getStridePixels()).isEqualTo(1);
        assertThat(map.getFill()).isEqualTo("noise");
        assertThat(map.getSearch()).isEqualTo("refined");
        assertThat(map.getApertureShare()).isEqualTo(0.25f);
        assertThat(explanations("published")).isOne();
        assertThat(explanations("skipped")).isZero();
    }

    @Test
    void explainsAPollAsOneBatch() throws IOException {
        StreamSettings settings = settings("explain.policy", "all");
        Sent sent = send(settings, alert("a", 0.1f), alert("b", 0.9f), alert("c", 0.6f));
        assertThat(explain(settings, sent.requests())).hasSize(3);
        assertThat(model.explained).containsExactly(3);
    }

    @Test
    void flagsAndCountsARealVerdictThatWasJudgedOnItsBackground() throws IOException {
        StreamSettings settings = settings("explain.policy", "all"); // share 1 - probability, 0.5 demanded
        Sent sent = send(settings, alert("on", 0.5f), alert("off", 0.75f), alert("bogus", 0.25f));
        List<Boolean> flags = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : explain(settings, sent.requests())) {
            flags.add(Classifications.read(record.value()).getJudgedOnBackground());
        }
        assertThat(flags).containsExactly(false, true, false);
        assertThat(metrics.registry().getSampleValue("stampede_judged_on_background_total"))
                .isOne();
        assertThat(metrics.registry().getSampleValue("stampede_aperture_share_sum"))
                .isEqualTo(0.75);
    }

    @Test
    void asksForNoMapWithoutAVerdictOrBeyondThePolicy() throws IOException {
        Sent sent = send(settings("explain.policy", "all"), alert("blank", Float.NaN), new byte[] {1});
        assertThat(sent.requests()).isEmpty();
        StreamSettings real = settings("explain.policy", "real");
        StampAlert silent = Alerts.uniform("a", 0.1f);
        set(silent, "explain", false);
        byte[] unasked = SingleObject.write(silent);
        assertThat(send(real, unasked).requests()).isEmpty();
        assertThat(send(real, alert("asked", 0.1f)).requests()).hasSize(1);
        assertThat(explanations("skipped")).isZero();
    }

    @Test
    void skipsWhatIsBeyondTheBudgetAndCountsIt() throws IOException {
        StreamSettings settings = settings("explain.policy", "all", "explain.max-per-second", "2");
        byte[][] alerts = new byte[40][];
        Arrays.fill(alerts, alert("a", 0.9f));
        Sent sent = send(settings, alerts);
        assertThat(sent.verdicts()).hasSize(40);
        assertThat(sent.requests().size()).isBetween(2, 39);
        assertThat(explanations("skipped")).isEqualTo(40.0 - sent.requests().size());
    }

    @Test
    void sendsTheMiddleOfALargerStampWhichIsWhatWasJudged() throws IOException {
        float[] pixels = new float[25 * 23];
        Arrays.fill(pixels, 0.75f);
        pixels[12 * 23 + 11] = 7;
        Sent sent = send(
                settings("explain.policy", "all"),
                SingleObject.write(
                        Alerts.with("a", Alerts.coadd(dev.stampede.schemas.CoaddKind.MEDIAN, 23, 25, pixels))));
        ExplanationRequest request = Classifications.readRequest(sent.requests().get(0));
        assertThat(request.getClassification().getCrop().getMethod()).isEqualTo(CropMethod.CENTRE);
        assertThat(List.of(request.getPlanes(), request.getHeight(), request.getWidth()))
                .containsExactly(1, SIDE, SIDE);
        FloatBuffer wire = request.getPixels().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        assertThat(wire.remaining()).isEqualTo(SIDE * SIDE);
        assertThat(wire.get(10 * SIDE + 10)).isEqualTo(7);
    }

    @Test
    void putsTheMapIntoTheVerdictWhereItIsDeliveredInline() throws IOException {
        StreamSettings settings = settings("explain.policy", "real", "explain.delivery", "inline");
        Sent sent = send(settings, alert("a", 0.75f), alert("blank", Float.NaN));
        assertThat(sent.requests()).isEmpty();
        Classification reported = sent.verdicts().get(0);
        assertThat(reported.getVerdict()).isEqualTo(Verdict.REAL);
        assertThat(reported.getOcclusionMap()).isNotNull();
        assertThat(reported.getJudgedOnBackground()).isTrue();
        assertThat(sent.verdicts().get(1).getOcclusionMap()).isNull();
        assertThat(explanations("published")).isOne();
    }

    @Test
    void skipsARequestThatItCannotReadOrThatAnotherModelJudged() throws IOException {
        StreamSettings settings = settings("explain.policy", "all");
        byte[] good = send(settings, alert("a", 0.75f)).requests().get(0);
        ExplanationRequest request = Classifications.readRequest(good);
        set(request.getClassification(), "modelSha256", "cd".repeat(32));
        byte[] anothers = SingleObject.write(request);
        request = Classifications.readRequest(good);
        set(request, "width", SIDE - 1);
        byte[] tooFew = SingleObject.write(request);
        List<byte @Nullable []> requests =
                Arrays.asList(null, new byte[0], Arrays.copyOf(good, 40), anothers, tooFew, good);
        assertThat(explain(settings, requests)).hasSize(1);
        assertThat(explanations("published")).isOne();
        assertThat(explanations("skipped")).isEqualTo(5);
    }

    @Test
    void stopsAtARequestWhoseSchemaTheRegistryDoesNotServeAtTheMoment() {
        StreamSettings settings = settings(
                "explain.policy", "all",
                "schema.registry.url", "http://127.0.0.1:1",
                "schema.registry.retry-timeout-ms", "0");
        byte[] confluent = {0, 0, 0, 0, 7, 1};
        assertThatThrownBy(() -> explain(settings, List.of(confluent)))
                .hasRootCauseInstanceOf(SchemasUnavailableException.class);
        assertThat(explanations("skipped")).isZero();
        assertThat(settings.input().schemas().outage())
                .as("as in the readiness")
                .isPresent();
    }

    @Test
    void readsARequestWithTheSchemaOfTheRegistryAlsoIfASurveyHasOneOfThatId(@TempDir Path folder) throws IOException {
        Path version = Files.createDirectories(folder.resolve("0/1"));
        Files.writeString(version.resolve("alert.avsc"), SkyPackets.SCHEMA_JSON);
        try (InMemoryRegistry registry = new InMemoryRegistry()) {
            StreamSettings settings = settings(
                    "explain.policy", "all",
                    "schema.folder", folder.toString(),
                    "schema.registry.url", registry.url());
            int id = registry.add(
                    "a-subject", ExplanationRequest.getClassSchema().toString());
            byte[] request = SingleObject.write(Classifications.readRequest(
                    send(settings, alert("a", 0.75f)).requests().get(0)));
            int length = request.length - SingleObject.HEADER_BYTES;
            byte[] confluent = ByteBuffer.allocate(RecordFormat.CONFLUENT_HEADER_BYTES + length)
                    .putInt(1, id)
                    .put(RecordFormat.CONFLUENT_HEADER_BYTES, request, SingleObject.HEADER_BYTES, length)
                    .array();
            assertThat(id).isOne();
            assertThat(explain(settings, List.of(confluent))).hasSize(1);
        }
    }

    @Test
    void refusesAPatchThatDoesNotFitTheModelAndNamesTheKey() {
        StreamSettings settings = settings("explain.policy", "all", "explain.patch", "22");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> explainers(settings))
                .withMessageContaining("explain.patch")
                .withMessageContaining("must be 1 to 21");
    }

    @Test
    void takesAPatchAsLargeAsTheStampAnEvenOneAndASinglePixel() throws IOException {
        for (String patch : List.of("21", "4", "1")) {
            StreamSettings settings = settings("explain.policy", "all", "explain.patch", patch);
            assertThat(explain(settings, send(settings, alert("a", 0.75f)).requests()))
                    .hasSize(1);
        }
    }
}
