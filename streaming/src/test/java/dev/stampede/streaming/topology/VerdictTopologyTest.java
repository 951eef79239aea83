package dev.stampede.streaming.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.schemas.AbstentionReason;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.CropMethod;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.PollBatchInterceptor;
import dev.stampede.streaming.service.StreamsConfigs;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.wire.SingleObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerdictTopologyTest {
    private static final Instant SCORED = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Instant INGESTED = SCORED.minusMillis(250);
    private static final byte[] KEY = "some-key".getBytes(UTF_8);

    private final FirstPixelModel model = new FirstPixelModel();
    private final StreamMetrics metrics = new StreamMetrics();
    private final AlertScorerFactory scoring =
            new AlertScorerFactory(model, 100_000, metrics, Clock.fixed(SCORED, ZoneOffset.UTC));
    private final TopologyTestDriver driver = new TopologyTestDriver(
            VerdictTopology.of(TopicNames.DEFAULT, scoring),
            StreamsConfigs.of(StreamSettings.of(Map.of("bootstrap.servers", "nowhere:1"))));
    private final TestInputTopic<byte[], byte[]> alerts =
            driver.createInputTopic("alerts", new ByteArraySerializer(), new ByteArraySerializer());
    private final TestOutputTopic<byte[], byte[]> classifications =
            driver.createOutputTopic("classifications", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    private final TestOutputTopic<byte[], byte[]> deadLetters =
            driver.createOutputTopic("dead-letters", new ByteArrayDeserializer(), new ByteArrayDeserializer());

    @AfterEach
    void closesEveryScorerItOpened() {
        driver.close();
        assertThat(model.closed).hasValue(model.opened.get());
    }

    /** Pipes a record as the poll would hand it over: scored, its outcome on it. */
    private void pipeScored(byte[] value, Header... wireHeaders) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "alerts",
                0,
                0,
                INGESTED.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                KEY,
                value,
                new RecordHeaders(wireHeaders),
                java.util.Optional.empty());
        PollBatchInterceptor interceptor = new PollBatchInterceptor();
        interceptor.configure(Map.of(PollBatchInterceptor.SCORING, scoring));
        interceptor.onConsume(
                new ConsumerRecords<>(Map.of(new TopicPartition("alerts", 0), List.of(record)), Map.of()));
        interceptor.close();
        alerts.pipeInput(new TestRecord<>(KEY, value, record.headers(), INGESTED));
    }

    private void pipeUnscored(byte @Nullable [] value) {
        alerts.pipeInput(new TestRecord<>(KEY, value, new RecordHeaders(), INGESTED));
    }

    private static byte[] alert(float probability) {
        return SingleObject.write(Alerts.uniform("a1", probability));
    }

    private double metric(String name) {
        return metrics.registry().getSampleValue(name);
    }

    private double metric(String name, String label, String value) {
        return metrics.registry().getSampleValue(name, new String[] {label}, new String[] {value});
    }

    @Test
    void carriesTheKnownObjectWithEveryDigitOfItsId() throws IOException {
        StampAlert known = Alerts.ofKnownObject("a1", 0.75f, "9223372036854775807");
        pipeScored(SingleObject.write(known));
        Classification reported =
                Classifications.read(classifications.readRecord().value());
        assertThat(reported.getSsObjectId()).isEqualTo("9223372036854775807");
        assertThat(reported.getKnownObjectName()).isEqualTo("2004 JQ12");
        assertThat(reported.getKnownObjectDistanceArcsec()).isEqualTo(0.25);
        assertThat(reported.getMatchesKnownObject()).isTrue();
        String[] labels = {"survey", "signal_to_noise", "verdict"};
        String[] values = {"DEEP", "unknown", "real"};
        assertThat(metrics.registry().getSampleValue("stampede_known_objects_total", labels, values))
                .isOne();
        pipeScored(alert(0.75f));
        Classification other = Classifications.read(classifications.readRecord().value());
        assertThat(other.getSsObjectId()).isNull();
        assertThat(other.getKnownObjectName()).isNull();
        assertThat(other.getKnownObjectDistanceArcsec()).isNull();
        assertThat(other.getMatchesKnownObject()).isFalse();
        assertThat(metrics.registry().getSampleValue("stampede_known_objects_total", labels, values))
                .as("only known objects are counted")
                .isOne();
    }

    @Test
    void publishesAVerdictWithAllThatIsKnownOfIt() throws IOException {
        pipeScored(alert(0.75f), new RecordHeader("trace", new byte[] {1}));
        TestRecord<byte[], byte[]> out = classifications.readRecord();
        assertThat(out.key()).isEqualTo("a1".getBytes(UTF_8));
        assertThat(StreamSupport.stream(out.headers().spliterator(), false)
                        .collect(Collectors.toMap(Header::key, header -> new String(header.value(), UTF_8))))
                .as("enough to route it, and no header of the alert")
                .isEqualTo(Map.of(
                        "content-type", "application/avro;framing=ocf",
                        "stampede.verdict", "REAL",
                        "stampede.model.name", "first-pixel",
                        "stampede.model.version", "7",
                        "stampede.survey", "DEEP"));
        assertThat(out.getRecordTime()).isEqualTo(INGESTED);
        Classification reported = Classifications.read(out.value());
        assertThat(reported.getAlertId()).isEqualTo("a1");
        assertThat(reported.getObjectId()).isEqualTo("object-a1");
        assertThat(reported.getSurvey()).isEqualTo("DEEP");
        assertThat(reported.getBand()).isEqualTo("VR");
        assertThat(reported.getVerdict()).isEqualTo(Verdict.REAL);
        assertThat(reported.getAbstentionReason()).isNull();
        assertThat(reported.getProbability()).isEqualTo(0.75f);
        assertThat(reported.getThreshold()).isEqualTo(0.5f);
        assertThat(reported.getModelName()).isEqualTo("first-pixel");
        assertThat(reported.getModelVersion()).isEqualTo("7");
        assertThat(reported.getModelSha256()).isEqualTo("ab".repeat(32));
        assertThat(reported.getRecipe()).isEqualTo("asinh-snr");
        assertThat(reported.getExecutionProvider()).isEqualTo("cpu");
        assertThat(reported.getMjd()).isEqualTo(58577.25);
        assertThat(reported.getTimeScale()).isEqualTo(TimeScale.TAI);
        assertThat(reported.getIngestTime()).isEqualTo(INGESTED);
        assertThat(reported.getScoredTime()).isEqualTo(SCORED);
        assertThat(reported.getQuality().getMedian()).isEqualTo(1);
        assertThat(reported.getQuality().getSigmaG()).isEqualTo(2);
        assertThat(reported.getQuality().getMaskedFraction()).isEqualTo(0.25f);
        assertThat(reported.getQuality().getPeakSignalToNoise()).isEqualTo(3);
        assertThat(reported.getQuality().getCentroidOffsetPixels()).isEqualTo(4);
        assertThat(reported.getCrop().getMethod()).isEqualTo(CropMethod.NONE);
        assertThat(reported.getCrop().getWidth()).isEqualTo(21);
        assertThat(reported.getCrop().getHeight()).isEqualTo(21);
        assertThat(reported.getOcclusionMap()).isNull();
        assertThat(deadLetters.isEmpty()).isTrue();
    }

    @Test
    void countsVerdictsScoresAndLatency() {
        pipeScored(alert(0.75f));
        pipeScored(alert(0.25f));
        pipeScored(alert(Float.NaN));
        pipeScored(new byte[] {1});
        assertThat(metric("stampede_alerts_total", "outcome", "real")).isOne();
        assertThat(metric("stampede_alerts_total", "outcome", "bogus")).isOne();
        assertThat(metric("stampede_alerts_total", "outcome", "abstain")).isOne();
        assertThat(metric("stampede_alerts_total", "outcome", "dead_letter")).isOne();
        assertThat(metric("stampede_abstentions_total", "reason", "blank")).isOne();
        assertThat(metric("stampede_dead_letters_total", "error", "unknown_framing"))
                .isOne();
        assertThat(metric("stampede_score_sum")).isEqualTo(1);
        assertThat(metric("stampede_end_to_end_seconds_sum")).isEqualTo(4 * 0.25);
        assertThat(metric("stampede_unbatched_total")).isZero();
    }

    @Test
    void saysThatALargerStampWasCropped() throws IOException {
        float[] pixels = new float[25 * 23];
        Arrays.fill(pixels, 0.1f);
        pipeScored(SingleObject.write(
                Alerts.with("a1", Alerts.coadd(dev.stampede.schemas.CoaddKind.MEDIAN, 25, 23, pixels))));
        Classification reported = Classifications.read(classifications.readValue());
        assertThat(reported.getVerdict()).isEqualTo(Verdict.BOGUS);
        assertThat(reported.getCrop().getMethod()).isEqualTo(CropMethod.CENTRE);
        assertThat(reported.getCrop().getWidth()).isEqualTo(25);
        assertThat(reported.getCrop().getHeight()).isEqualTo(23);
    }

    @Test
    void publishesAnAbstentionWithItsReason() throws IOException {
        pipeScored(alert(Float.NaN));
        Classification reported = Classifications.read(classifications.readValue());
        assertThat(reported.getVerdict()).isEqualTo(Verdict.ABSTAIN);
        assertThat(reported.getAbstentionReason()).isEqualTo(AbstentionReason.BLANK);
        assertThat(reported.getProbability()).isNull();
        assertThat(reported.getCrop().getMethod()).isEqualTo(CropMethod.NOT_JUDGED);
    }

    @Test
    void knowsAWireNameForEveryAbstention() {
        assertThat(Arrays.stream(dev.stampede.stamps.score.Abstention.values()).map(Enum::name))
                .isSubsetOf(
                        Arrays.stream(AbstentionReason.values()).map(Enum::name).toList());
    }

    @Test
    void buriesAValueAsItCameWithTheReason() {
        byte[] value = {9, 8, 7};
        Headers sent = new RecordHeaders().add("trace", new byte[] {4}).add("stampede.error.class", new byte[] {5});
        pipeScored(value, sent.toArray());
        TestRecord<byte[], byte[]> out = deadLetters.readRecord();
        assertThat(out.key()).isEqualTo(KEY);
        assertThat(out.value()).isEqualTo(value);
        assertThat(out.getRecordTime()).isEqualTo(INGESTED);
        assertThat(StreamSupport.stream(out.headers().spliterator(), false).map(Header::key))
                .containsExactly(
                        "trace",
                        "stampede.error.class",
                        "stampede.error.message",
                        "stampede.error.topic",
                        "stampede.error.partition",
                        "stampede.error.offset",
                        "__streams.errors.exception",
                        "__streams.errors.message",
                        "__streams.errors.topic",
                        "__streams.errors.partition",
                        "__streams.errors.offset");
        assertThat(out.headers().lastHeader("trace").value()).containsExactly(4);
        assertThat(text(out, "stampede.error.class")).isEqualTo("UNKNOWN_FRAMING");
        assertThat(text(out, "stampede.error.message")).isNotBlank().isEqualTo(text(out, "__streams.errors.message"));
        assertThat(text(out, "stampede.error.topic")).isEqualTo("alerts");
        assertThat(text(out, "stampede.error.partition")).isEqualTo("0");
        assertThat(text(out, "stampede.error.offset")).isEqualTo("0");
        assertThat(classifications.isEmpty()).isTrue();
    }

    private static byte[] container(StampAlert... alerts) {
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        for (StampAlert alert : alerts) {
            byte[] value = SingleObject.write(alert);
            binary.write(value, SingleObject.HEADER_BYTES, value.length - SingleObject.HEADER_BYTES);
        }
        return SkyPackets.container(StampAlert.getClassSchema().toString(), binary.toByteArray(), alerts.length);
    }

    @Test
    void eachAlertOfAContainerFileHasItsOutcomeOnceAlsoAfterAReplay() {
        StampAlert bad = Alerts.uniform("a2", 0.5f);
        bad.put("declinationDegrees", -120d);
        pipeScored(container(Alerts.uniform("a1", 0.75f), bad, Alerts.uniform("a3", 0.25f)));
        pipeUnscored(container(Alerts.uniform("a4", 0.75f), Alerts.uniform("a5", 0.25f)));
        assertThat(classifications.readRecordsToList().stream().map(out -> new String(out.key(), UTF_8)))
                .containsExactly("a1", "a3", "a4", "a5");
        assertThat(metric("stampede_alerts_total", "outcome", "real")).isEqualTo(2);
        assertThat(metric("stampede_alerts_total", "outcome", "bogus")).isEqualTo(2);
        TestRecord<byte[], byte[]> out = deadLetters.readRecord();
        assertThat(out.key()).isEqualTo(KEY);
        assertThat(text(out, "stampede.error.class")).isEqualTo("INVALID_FIELD");
        pipeScored(out.value());
        assertThat(deadLetters.readValue()).isEqualTo(out.value());
        assertThat(deadLetters.isEmpty()).isTrue();
        assertThat(classifications.isEmpty()).isTrue();
    }

    @Test
    void aDamagedContainerFileOfSeveralAlertsIsOneDeadLetterAsItCame() {
        byte[] whole = container(Alerts.uniform("a1", 0.75f), Alerts.uniform("a2", 0.25f));
        byte[] cut = Arrays.copyOf(whole, whole.length - 20);
        pipeScored(cut);
        assertThat(deadLetters.readValue()).isEqualTo(cut);
        assertThat(deadLetters.isEmpty()).isTrue();
        assertThat(classifications.isEmpty()).isTrue();
    }

    private static String text(TestRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }

    @Test
    void buriesAnAlertWithAFieldOutsideItsRangeAndCountsIt() {
        StampAlert alert = Alerts.uniform("a1", 0.5f);
        alert.put("declinationDegrees", -120d);
        pipeScored(SingleObject.write(alert));
        assertThat(text(deadLetters.readRecord(), "stampede.error.class")).isEqualTo("INVALID_FIELD");
        assertThat(metric("stampede_dead_letters_total", "error", "invalid_field"))
                .isEqualTo(1);
        assertThat(classifications.isEmpty()).isTrue();
    }

    @Test
    void classifiesAnAlertOfUnknownTimeWithoutAnAge() throws IOException {
        StampAlert alert = Alerts.uniform("a1", 0.5f);
        alert.put("mjd", null);
        pipeScored(SingleObject.write(alert));
        assertThat(Classifications.read(classifications.readValue()).getMjd()).isNull();
        assertThat(metric("stampede_observation_age_seconds_count")).isZero();
    }

    @Test
    void buriesANullValue() {
        pipeUnscored(null);
        TestRecord<byte[], byte[]> out = deadLetters.readRecord();
        assertThat(out.value()).isNull();
        assertThat(text(out, "stampede.error.class")).isEqualTo("NULL_VALUE");
    }

    @Test
    void scoresARecordItselfWhereNoOutcomeCame() throws IOException {
        pipeUnscored(alert(0.75f));
        pipeUnscored(alert(0.25f));
        assertThat(Classifications.read(classifications.readValue()).getVerdict())
                .isEqualTo(Verdict.REAL);
        assertThat(Classifications.read(classifications.readValue()).getVerdict())
                .isEqualTo(Verdict.BOGUS);
        assertThat(metric("stampede_unbatched_total")).isEqualTo(2);
        assertThat(model.batches).containsExactly(1, 1);
    }

    @Test
    void trustsNoOutcomeFromTheWire() {
        alerts.pipeInput(new TestRecord<>(
                KEY, alert(0.75f), new RecordHeaders().add("stampede.outcome", "REAL".getBytes(UTF_8)), INGESTED));
        assertThat(metric("stampede_unbatched_total")).isOne();
        assertThat(classifications.readValue()).isNotNull();
    }

    @Test
    void letsAFailureOfTheScorerOutAndBuriesNothing() {
        model.failOn(size -> true);
        assertThatThrownBy(() -> pipeUnscored(alert(0.75f))).hasStackTraceContaining("the engine is on fire");
        assertThat(deadLetters.isEmpty()).isTrue();
        assertThat(classifications.isEmpty()).isTrue();
    }
}
