package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.schemas.AbstentionReason;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Crop;
import dev.stampede.schemas.CropMethod;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.OutOfDomain;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PlainPacket;
import dev.stampede.streaming.packet.Resizing;
import dev.stampede.streaming.registry.RegistrySettings;
import dev.stampede.streaming.registry.SchemaFolder;
import dev.stampede.streaming.registry.SchemaRegistry;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.registry.SchemasUnavailableException;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.StampScorer;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.survey.SurveyCatalogue;
import dev.stampede.streaming.topology.VerdictTopology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A survey's own topic, through the topology. */
@Tag("slow")
class SurveyStreamTest {
    @TempDir
    private Path folder;

    private static final class Run implements AutoCloseable {
        private final TopologyTestDriver driver;
        private final TestInputTopic<byte[], byte[]> alerts;
        private final TestOutputTopic<byte[], byte[]> classifications;
        private final TestOutputTopic<byte[], byte[]> deadLetters;

        Run(PacketInput input) {
            this(input, new FirstPixelModel());
        }

        Run(PacketInput input, ModelHandle model) {
            AlertScorerFactory scoring = new AlertScorerFactory(model, input, new StreamMetrics(), Clock.systemUTC());
            driver = new TopologyTestDriver(
                    VerdictTopology.of(TopicNames.DEFAULT, scoring),
                    StreamsConfigs.of(StreamSettings.of(Map.of("bootstrap.servers", "nowhere:1"))));
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
            Classification output = Classifications.read(run.classifications.readValue());
            assertThat(output.getAlertId()).isEqualTo("169813006129561655");
            assertThat(output.getSurvey()).isEqualTo("SKY");
            assertThat(output.getSurveyScore()).isEqualTo(0.75f);
            assertThat(output.getProbability()).isEqualTo(0.25f);
            assertThat(output.getTimeScale()).isEqualTo(TimeScale.UTC);
            assertThat(output.getCrop().getWidth()).isEqualTo(SkyPackets.SIDE);
        }
    }

    @Test
    void accountsForEveryRealPacket() throws IOException {
        Path packets = RealData.folder("packets");
        SchemaSource schemas = SchemaFolder.read(packets.resolve("rubin/schemas"));
        Map<String, Integer> bySurvey = new HashMap<>();
        int sent = 0;
        int withoutCutouts = 0;
        try (Run run = new Run(SkyPackets.input(SurveyCatalogue.shipped(), schemas));
                Stream<Path> files = Files.walk(packets)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".avro")).toList()) {
                run.alerts.pipeInput(Files.readAllBytes(file));
                sent++;
            }
            while (!run.classifications.isEmpty()) {
                Classification output = Classifications.read(run.classifications.readValue());
                bySurvey.merge(output.getSurvey(), 1, Integer::sum);
                if (output.getAbstentionReason() == AbstentionReason.MISSING_PLANE) {
                    assertThat(output.getAbstentionDetail()).isEqualTo("difference");
                    withoutCutouts++;
                }
            }
            assertThat(run.deadLetters.isEmpty()).isTrue();
        }
        assertThat(withoutCutouts).isEqualTo(3);
        assertThat(sent).isEqualTo(13);
        assertThat(bySurvey).isEqualTo(Map.of("ZTF", 4, "LSST", 5, "DECam", 1, "WINTER", 1, "PGIR", 1, "ATLAS", 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.stampede.streaming.packet.PlainPacket#real")
    void judgesThePixelsThatAPlainReadingFinds(String file, String cutout) throws IOException {
        Path packets = RealData.folder("packets");
        SchemaSource schemas = SchemaFolder.read(packets.resolve("rubin/schemas"));
        byte[] packet = Files.readAllBytes(packets.resolve(file));
        Path tiny = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        try (VerifiedModel model = VerifiedModel.open(ModelFile.read(tiny));
                StampScorer scorer = model.newScorer();
                Run run = new Run(SkyPackets.input(SurveyCatalogue.shipped(), schemas), model)) {
            Prediction expected = scorer.score(List.of(PlainPacket.stamp(packet, cutout, schemas, 21)))
                    .get(0);
            run.alerts.pipeInput(packet);
            Classification output = Classifications.read(run.classifications.readValue());
            assertThat(output.getVerdict().name()).isEqualTo(expected.verdict().name());
            assertThat(output.getQuality().getMedian())
                    .isEqualTo(expected.quality().median());
            assertThat(output.getQuality().getSigmaG())
                    .isEqualTo(expected.quality().sigmaG());
            assertThat(output.getQuality().getMaskedFraction())
                    .isEqualTo(expected.quality().maskedFraction());
            if (expected instanceof Prediction.Scored scored) {
                assertThat(output.getProbability()).isEqualTo(scored.probability());
            }
        }
    }

    @Test
    void tellsWhatWasDoneToAnImage() throws IOException {
        PacketInput input = SkyPackets.input(SkyPackets.catalogue(folder), SchemaSource.NONE);
        byte[] packet = SkyPackets.container(SkyPackets.record());
        assertThat(cropOf(input, packet))
                .isEqualTo(new Crop(CropMethod.CENTRE, SkyPackets.SIDE, SkyPackets.SIDE, 1.0, false));
        assertThat(cropOf(input.withFit(Resizing.RESAMPLE), packet).getMethod())
                .as("where the survey's scale is not known")
                .isEqualTo(CropMethod.CENTRE);
        Path known =
                Files.writeString(folder.resolve("known.yaml"), SkyPackets.SURVEY_FILE + "pixelScaleArcsec: 1.0\n");
        PacketInput resampling = SkyPackets.input(SurveyCatalogue.with(List.of(known)), SchemaSource.NONE)
                .withFit(Resizing.RESAMPLE);
        assertThat(cropOf(resampling, packet))
                .isEqualTo(new Crop(CropMethod.RESAMPLED, SkyPackets.SIDE, SkyPackets.SIDE, 2.0, false));
        Files.writeString(known, SkyPackets.SURVEY_FILE + "pixelScaleArcsec: 0.25\n");
        PacketInput narrow = SkyPackets.input(SurveyCatalogue.with(List.of(known)), SchemaSource.NONE)
                .withFit(Resizing.RESAMPLE);
        Crop padded = cropOf(narrow, packet);
        assertThat(padded.getMagnification()).isEqualTo(0.5);
        assertThat(padded.getMethod()).as("the first pixel is masked").isEqualTo(CropMethod.NOT_JUDGED);
    }

    @Test
    void abstainsOutsideTheDomainOfTheModelUnlessConfiguredToClassify() throws IOException {
        Path file = Files.writeString(folder.resolve("wide.yaml"), SkyPackets.SURVEY_FILE + "pixelScaleArcsec: 1.25\n");
        PacketInput input = SkyPackets.input(SurveyCatalogue.with(List.of(file)), SchemaSource.NONE);
        byte[] packet = SkyPackets.container(SkyPackets.record());
        try (Run run = new Run(input)) {
            run.alerts.pipeInput(packet);
            Classification output = Classifications.read(run.classifications.readValue());
            assertThat(output.getAbstentionReason()).isEqualTo(AbstentionReason.OUT_OF_DOMAIN);
            assertThat(output.getAbstentionDetail()).isEqualTo("1.25 arcsec per pixel, not 0.25 to 1.00");
            assertThat(output.getCrop())
                    .isEqualTo(new Crop(CropMethod.NOT_JUDGED, SkyPackets.SIDE, SkyPackets.SIDE, 1.0, false));
        }
        assertThat(cropOf(input.withOutOfDomain(OutOfDomain.CLASSIFY), packet).getMethod())
                .isEqualTo(CropMethod.CENTRE);
    }

    private static Crop cropOf(PacketInput input, byte[] packet) throws IOException {
        try (Run run = new Run(input)) {
            run.alerts.pipeInput(packet);
            return Classifications.read(run.classifications.readValue()).getCrop();
        }
    }

    @Test
    void refusesToResampleForAModelThatDoesNotSayItsScale() {
        PacketInput resampling = PacketInput.standard(1 << 20).withFit(Resizing.RESAMPLE);
        Path tiny = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        try (VerifiedModel model = VerifiedModel.open(ModelFile.read(tiny))) {
            assertThatThrownBy(() -> new AlertScorerFactory(model, resampling, new StreamMetrics(), Clock.systemUTC()))
                    .hasMessageContaining("--pixel-scale");
        }
    }

    @Test
    void stopsRatherThanBuryAnAlertWhoseSchemaCannotBeHad() {
        SchemaRegistry none = new SchemaRegistry(RegistrySettings.of(List.of(URI.create("http://localhost:1")))
                .withTimeouts(Duration.ofSeconds(2), Duration.ZERO));
        PacketInput input = SkyPackets.input(SkyPackets.catalogue(folder), none);
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
                "input.planes", "median=science",
                "input.survey-files", SkyPackets.surveyFile(folder).toString(),
                "schema.registry.url", "https://one.example,https://two.example",
                "schema.registry.basic-auth", "a-user:a-password"));
        PacketInput input = StreamSettings.of(settings).input();
        assertThat(input.format().word()).isEqualTo("single-object");
        assertThat(input.planes()).hasToString("median=science");
        assertThat(input.surveys().names()).contains("SKY");
        assertThat(input.schemas()).isNotSameAs(SchemaSource.NONE);
        settings.put("schema.registry.bearer-token", "a-token");
        assertThatThrownBy(() -> StreamSettings.of(settings).input())
                .hasMessageContaining("are mutually exclusive")
                .hasMessageNotContaining("a-password");
        assertThatThrownBy(() -> StreamSettings.of(Map.of("bootstrap.servers", "x:1", "input.format", "xml")))
                .hasMessageContaining("input.format");
    }
}
