package dev.stampede.streaming.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.RealData;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.observe.StreamMetrics;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.schemasource.RegistrySettings;
import dev.stampede.streaming.schemasource.SchemaFolder;
import dev.stampede.streaming.schemasource.SchemaRegistry;
import dev.stampede.streaming.schemasource.SchemaSource;
import dev.stampede.streaming.schemasource.SchemasUnavailableException;
import dev.stampede.streaming.scoring.Scoring;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A survey's own topic, through the topology. */
class SurveyStreamTest {
    @TempDir
    private Path folder;

    private static final class Run implements AutoCloseable {
        private final TopologyTestDriver driver;
        private final TestInputTopic<byte[], byte[]> alerts;
        private final TestOutputTopic<byte[], byte[]> classifications;
        private final TestOutputTopic<byte[], byte[]> deadLetters;

        Run(PacketInput input) {
            Scoring scoring = new Scoring(new FirstPixelModel(), input, new StreamMetrics(), Clock.systemUTC());
            driver = new TopologyTestDriver(
                    VerdictTopology.of(Topics.DEFAULT, scoring),
                    StreamSettings.of(Map.of("bootstrap.servers", "nowhere:1")).streamsConfig());
            alerts = driver.createInputTopic("alerts", new ByteArraySerializer(), new ByteArraySerializer());
            classifications = output("classifications");
            deadLetters = output("dead-letters");
        }

        private TestOutputTopic<byte[], byte[]> output(String topic) {
            return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public void close() {
            driver.close();
        }
    }

    @Test
    void carriesTheSurveysOwnScoreBesideTheVerdict() throws IOException {
        try (Run run = new Run(SkyPackets.input(SkyPackets.catalogue(folder), SchemaSource.NONE))) {
            run.alerts.pipeInput(SkyPackets.container(SkyPackets.record()));
            Classification told = SingleObject.readClassification(run.classifications.readValue());
            assertThat(told.getAlertId()).isEqualTo("169813006129561655");
            assertThat(told.getSurvey()).isEqualTo("SKY");
            assertThat(told.getSurveyScore()).isEqualTo(0.75f);
            assertThat(told.getProbability()).isEqualTo(0.25f);
            assertThat(told.getTimeScale()).isEqualTo(TimeScale.UTC);
            assertThat(told.getCrop().getWidth()).isEqualTo(SkyPackets.SIDE);
        }
    }

    @Test
    void accountsForEveryRealPacket() throws IOException {
        Path packets = RealData.folder("packets");
        SchemaSource schemas = SchemaFolder.read(packets.resolve("rubin/schemas"));
        Map<String, Integer> bySurvey = new HashMap<>();
        int sent = 0;
        try (Run run = new Run(SkyPackets.input(SurveyCatalogue.shipped(), schemas));
                Stream<Path> files = Files.walk(packets)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".avro")).toList()) {
                run.alerts.pipeInput(Files.readAllBytes(file));
                sent++;
            }
            while (!run.classifications.isEmpty()) {
                Classification told = SingleObject.readClassification(run.classifications.readValue());
                bySurvey.merge(told.getSurvey(), 1, Integer::sum);
            }
            assertThat(run.deadLetters.getQueueSize()).isEqualTo(3); // the samples without cutouts
        }
        assertThat(sent).isEqualTo(13);
        assertThat(bySurvey).isEqualTo(Map.of("ZTF", 4, "LSST", 2, "DECam", 1, "WINTER", 1, "PGIR", 1, "ATLAS", 1));
    }

    @Test
    void stopsRatherThanBuryAnAlertWhoseSchemaCannotBeHad() {
        SchemaRegistry nobody = new SchemaRegistry(new RegistrySettings(
                List.of(URI.create("http://localhost:1")),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ZERO));
        PacketInput input = SkyPackets.input(SkyPackets.catalogue(folder), nobody);
        try (Run run = new Run(input)) {
            byte[] value = SkyPackets.confluent(7, SkyPackets.record());
            assertThatThrownBy(() -> run.alerts.pipeInput(value))
                    .hasRootCauseInstanceOf(SchemasUnavailableException.class);
            assertThat(run.deadLetters.isEmpty()).isTrue();
            assertThat(run.classifications.isEmpty()).isTrue();
            assertThat(input.schemas().outage()).isPresent();
        }
    }

    @Test
    void takesItsInputFromTheSettings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "bootstrap.servers", "nowhere:1",
                "input.format", "single-object",
                "input.cutout", "science",
                "input.survey.files", SkyPackets.surveyFile(folder).toString(),
                "schema.registry.url", "https://one.example,https://two.example",
                "schema.registry.basic.auth", "a-user:a-password"));
        PacketInput input = StreamSettings.of(settings).input();
        assertThat(input.format().word()).isEqualTo("single-object");
        assertThat(input.cutout().name()).isEqualTo("SCIENCE");
        assertThat(input.surveys().names()).contains("SKY");
        assertThat(input.schemas()).isNotSameAs(SchemaSource.NONE);
        settings.put("schema.registry.bearer.token", "a-token");
        assertThatThrownBy(() -> StreamSettings.of(settings).input())
                .hasMessageContaining("exclude each other")
                .hasMessageNotContaining("a-password");
        assertThatThrownBy(() -> StreamSettings.of(Map.of("bootstrap.servers", "x:1", "input.format", "xml")))
                .hasMessageContaining("input.format");
    }
}
