package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.fits.FitsBytes;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.registry.SchemaId;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SurveyPacketsTest {
    private static final int ID = 103;
    private static final SchemaSource SCHEMAS =
            id -> id.equals(new SchemaId.Numbered(ID)) ? Optional.of(SkyPackets.schema()) : Optional.empty();

    @TempDir
    private Path folder;

    private PacketInput input = PacketInput.standard(1);

    @BeforeEach
    void describeTheSurvey() {
        input = SkyPackets.input(SkyPackets.catalogue(folder), SCHEMAS);
    }

    private static Decoded decode(PacketInput input, byte[] value) {
        AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN));
        return decoder.decode(value);
    }

    @Test
    void aKeyWithFieldsDoesNotHideAKnownId() {
        byte[] key = "{\"fields\": [1]}".getBytes(StandardCharsets.UTF_8);
        AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN));
        assertIsTheAlert(decoder.decode(new AlertRecord(key, SkyPackets.confluent(ID, SkyPackets.record()), null)));
        byte[] unknown = SkyPackets.confluent(ID + 1, SkyPackets.record());
        assertThat(decoder.decode(new AlertRecord(key, unknown, null)))
                .isEqualTo(new DeadLetter(
                        ErrorClass.UNKNOWN_FRAMING,
                        "the record key is an Avro schema: set input.format=schema-in-key"));
    }

    private void assertIsTheAlert(Decoded packet) {
        assertThat(packet).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.id()).isEqualTo("169813006129561655");
            assertThat(alert.objectId()).contains("an object");
            assertThat(alert.survey()).isEqualTo("SKY");
            assertThat(alert.band()).isEqualTo("r");
            assertThat(alert.mjd()).hasValue(60_000.25);
            assertThat(alert.timeScale()).isEqualTo(TimeScale.UTC);
            assertThat(alert.position()).contains(new SkyPosition(216.5, -13.25));
            assertThat(alert.signalToNoise()).hasValue(7.5);
            assertThat(alert.surveyScore()).hasValue(0.75);
            assertThat(alert.width()).isEqualTo(SkyPackets.SIDE);
            assertThat(alert.stamp().orElseThrow().pixel(0, 0, 0)).isEqualTo(0.25f);
            assertThat(alert.stamp().orElseThrow().pixel(0, 12, 12)).isEqualTo(9);
            assertThat(alert.stamp().orElseThrow().features())
                    .isEqualTo(CandidateFeatures.builder().flux(30, 4).build());
        });
    }

    private void assertRefused(byte[] value, ErrorClass error, String... description) {
        assertThat(decode(input, value)).isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.error()).as(letter.message()).isEqualTo(error);
            assertThat(letter.message()).contains(List.of(description)).hasSizeLessThanOrEqualTo(300);
        });
    }

    private void assertRefused(Consumer<GenericRecord> change, ErrorClass error, String... description) {
        assertRefused(SkyPackets.container(SkyPackets.record(SkyPackets.schema(), change)), error, description);
    }

    private static GenericRecord observed(GenericRecord alert) {
        return (GenericRecord) alert.get("seen");
    }

    static Stream<Arguments> codecs() {
        return Stream.of(
                        CodecFactory.nullCodec(),
                        CodecFactory.deflateCodec(6),
                        CodecFactory.snappyCodec(),
                        CodecFactory.zstandardCodec(3))
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codecs")
    void readsContainerFilesOfEveryCodec(CodecFactory codec) {
        assertIsTheAlert(decode(input, SkyPackets.container(codec, SkyPackets.record())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codecs")
    void refusesEveryTruncationOfAContainerFile(CodecFactory codec) {
        byte[] whole = SkyPackets.container(codec, SkyPackets.record());
        AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN));
        for (int length = 0; length < whole.length; length += 7) {
            assertThat(decoder.decode(Arrays.copyOf(whole, length))).isInstanceOf(DeadLetter.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"deflate", "snappy", "zstandard"})
    void refusesABlockThatUnpacksBeyondTheBound(String codec) {
        GenericRecord huge = SkyPackets.record(
                SkyPackets.schema(), alert -> alert.put("difference", ByteBuffer.wrap(new byte[64 << 20])));
        byte[] bomb = SkyPackets.container(CodecFactory.fromString(codec), huge);
        input = new PacketInput(
                input.format(),
                input.planes(),
                Resizing.CROP,
                OutOfDomain.ABSTAIN,
                input.surveys(),
                SCHEMAS,
                bomb.length);
        assertRefused(bomb, ErrorClass.VALUE_TOO_LARGE, "decompresses to more than");
    }

    @Test
    void refusesACodecItDoesNotKnow() {
        byte[] file = SkyPackets.container(CodecFactory.bzip2Codec(), SkyPackets.record());
        assertRefused(file, ErrorClass.UNKNOWN_FRAMING, "bzip2");
    }

    @Test
    void readsConfluentFramingByTheNumberOfTheSchema() {
        assertIsTheAlert(decode(input, SkyPackets.confluent(ID, SkyPackets.record())));
        assertRefused(SkyPackets.confluent(ID + 1, SkyPackets.record()), ErrorClass.UNKNOWN_SCHEMA, "104");
    }

    @ParameterizedTest(name = "{0} refuses the others")
    @CsvSource({"OCF", "CONFLUENT", "SINGLE_OBJECT"})
    void canBeHeldToOneFraming(InputFormat format) {
        PacketInput one = new PacketInput(
                format, PlaneMapping.DEFAULT, Resizing.CROP, OutOfDomain.ABSTAIN, input.surveys(), SCHEMAS, 1 << 20);
        Decoded container = decode(one, SkyPackets.container(SkyPackets.record()));
        Decoded confluent = decode(one, SkyPackets.confluent(ID, SkyPackets.record()));
        assertThat(container instanceof Alert).isEqualTo(format == InputFormat.OCF);
        assertThat(confluent instanceof Alert).isEqualTo(format == InputFormat.CONFLUENT);
        if (format != InputFormat.CONFLUENT) {
            assertThat(((DeadLetter) confluent).error()).isEqualTo(ErrorClass.UNKNOWN_FRAMING);
        }
    }

    @Test
    void readsACoaddFromTheCutoutThatIsMappedToIt() {
        PlaneMapping science = PlaneMapping.parse(List.of("median=science"));
        Decoded packet = decode(input.withPlanes(science), SkyPackets.container(SkyPackets.record()));
        assertThat(((Alert) packet).stamp().orElseThrow().pixel(0, 0, 0)).isEqualTo(0.5f);
    }

    @Test
    void readsThePlanesOfTheModelInItsOrder() {
        AlertDecoder decoder = input.newDecoder(List.of(Plane.SCIENCE, Plane.DIFFERENCE));
        Alert alert = (Alert) decoder.decode(SkyPackets.container(SkyPackets.record()));
        Stamp stamp = alert.stamp().orElseThrow();
        assertThat(stamp.plane(0).pixel(0, 0, 0)).isEqualTo(0.5f);
        assertThat(stamp.plane(1).pixel(0, 0, 0)).isEqualTo(0.25f);
    }

    @Test
    void aModelOfSeveralCoaddsLacksThem() {
        AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN, Plane.MEAN));
        Alert alert = (Alert) decoder.decode(SkyPackets.container(SkyPackets.record()));
        assertThat(alert.stamp()).isEmpty();
        assertThat(alert.abstention()).contains(Abstained.missing(List.of(Plane.MEDIAN, Plane.MEAN)));
    }

    @Test
    void keepsTheSidesOfAnImageThatIsNotSquare() {
        byte[] wide = FitsBytes.image(30, 22, new float[30 * 22]);
        Decoded packet = decode(
                input,
                SkyPackets.container(SkyPackets.record(
                        SkyPackets.schema(), alert -> alert.put("difference", ByteBuffer.wrap(wide)))));
        assertThat(packet).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.width()).isEqualTo(30);
            assertThat(alert.height()).isEqualTo(22);
            assertThat(alert.stamp().map(stamp -> stamp.withFeatures(CandidateFeatures.NONE)))
                    .contains(Stamp.of(1, 22, 30, new float[30 * 22]));
        });
    }

    @Test
    void refusesTheSchemaOfAnotherSurvey() {
        String other = SkyPackets.SCHEMA_JSON.replace("sky.v1", "land.v1");
        assertRefused(SkyPackets.container(other, new byte[0]), ErrorClass.UNKNOWN_SURVEY, "land.v1.alert");
        String renamed = SkyPackets.SCHEMA_JSON.replace("\"when\"", "\"then\"");
        assertRefused(SkyPackets.container(renamed, new byte[0]), ErrorClass.UNKNOWN_SURVEY, "sky.v1.alert");
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "\"when\"; \"type\": \"double\", \"when\"; \"type\": \"string\", seen.when",
                "\"number\"; \"type\": \"long\", \"number\"; \"type\": \"bytes\", number",
                "\"number\"; \"type\": \"long\", \"digits\"; \"type\": \"long\", number",
                "[\"null\"; \"bytes\"], [\"null\"; \"bytes\"; \"string\"], difference",
                "\"score\"; \"type\": [\"float\", \"score\"; \"type\": [\"string\", seen.score",
            })
    void refusesASchemaWhoseFieldsChanged(String before, String after, String field) {
        String changed = SkyPackets.SCHEMA_JSON.replace(before.replace(';', ','), after.replace(';', ','));
        assertThat(changed).isNotEqualTo(SkyPackets.SCHEMA_JSON);
        assertRefused(SkyPackets.container(changed, new byte[0]), ErrorClass.SCHEMA_MISMATCH, field);
    }

    @Test
    void understandsANewVersionWithMoreFieldsAndNulls() {
        String newer = SkyPackets.SCHEMA_JSON
                .replace("sky.v1", "sky.v2")
                .replace("\"when\", \"type\": \"double\"", "\"when\", \"type\": [\"null\", \"double\"]")
                .replace(
                        "{\"name\": \"number\",",
                        "{\"name\": \"added\", \"type\": \"string\", \"default\": \"x\"}, {\"name\": \"number\",");
        Schema schema = new Schema.Parser().setValidateDefaults(false).parse(newer);
        GenericRecord alert = SkyPackets.record(schema, record -> record.put("added", "y"));
        assertIsTheAlert(decode(input, SkyPackets.container(alert)));
    }

    @Test
    void readsSchemasThatNameAFieldTwice() {
        String once = SkyPackets.SCHEMA_JSON.replace(
                "{\"name\": \"number\",",
                "{\"name\": \"dup1\", \"type\": \"int\"}, {\"name\": \"dup2\", \"type\":"
                        + " \"int\"}, {\"name\": \"number\",");
        GenericRecord alert =
                SkyPackets.record(new Schema.Parser().setValidateDefaults(false).parse(once), record -> {
                    record.put("dup1", 1);
                    record.put("dup2", 2);
                });
        byte[] binary = Arrays.copyOfRange(SkyPackets.confluent(1, alert), 5, SkyPackets.confluent(1, alert).length);
        assertIsTheAlert(decode(input, SkyPackets.container(once.replace("dup2", "dup1"), binary)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "is not JSON | {",
                "is invalid | {\"type\": \"nonsense\"}",
                "contains itself | {\"type\": \"record\", \"name\": \"sky.v1.alert\", \"fields\": [{\"name\": \"seen\", \"type\":"
                        + " {\"type\": \"record\", \"name\": \"s\", \"fields\": [{\"name\": \"when\", \"type\":"
                        + " \"double\"}]}}, {\"name\": \"next\", \"type\": [\"null\", \"sky.v1.alert\"]}]}",
                "take no bytes | {\"type\": \"record\", \"name\": \"sky.v1.alert\", \"fields\": [{\"name\": \"seen\","
                        + " \"type\": {\"type\": \"record\", \"name\": \"s\", \"fields\": [{\"name\": \"when\","
                        + " \"type\": \"double\"}]}}, {\"name\": \"nulls\", \"type\": {\"type\": \"array\","
                        + " \"items\": \"null\"}}]}",
            })
    void refusesSchemasThatNoAlertNeeds(String fault, String schema) {
        assertRefused(SkyPackets.container(schema, new byte[] {0}), ErrorClass.SCHEMA_MISMATCH, fault);
    }

    @Test
    void refusesASchemaThatUnfoldsWithoutEnd() {
        StringBuilder schema = new StringBuilder("{\"type\": \"record\", \"name\": \"sky.v1.alert\", \"fields\": ["
                + "{\"name\": \"seen\", \"type\": {\"type\": \"record\", \"name\": \"s\", \"fields\": [{\"name\":"
                + " \"when\", \"type\": \"double\"}]}}");
        String inner = "\"null\"";
        for (int level = 0; level < 40; level++) {
            schema.append(String.format(
                    ",{\"name\":\"f%d\",\"type\":{\"type\":\"record\",\"name\":\"r%d\",\"fields\":[{\"name\":\"a\","
                            + "\"type\":%s},{\"name\":\"b\",\"type\":%s}]}}",
                    level, level, inner, inner));
            inner = "\"sky.v1.r" + level + '"';
        }
        assertRefused(
                SkyPackets.container(schema.append("]}").toString(), new byte[0]),
                ErrorClass.SCHEMA_MISMATCH,
                "expands");
    }

    @Test
    void refusesAPacketWithoutIdTimeOrPosition() {
        assertRefused(alert -> observed(alert).put("ra", null), ErrorClass.MISSING_FIELD, "position");
        assertRefused(alert -> observed(alert).put("when", Double.NaN), ErrorClass.INVALID_FIELD, "mjd is NaN");
        assertRefused(
                alert -> observed(alert).put("ra", 400d), ErrorClass.INVALID_FIELD, "rightAscensionDegrees is 400.0");
        assertRefused(
                alert -> observed(alert).put("dec", Double.POSITIVE_INFINITY),
                ErrorClass.INVALID_FIELD,
                "declinationDegrees is Infinity");
    }

    @Test
    void toleratesThatWhatIsOptionalIsNull() {
        Decoded packet = decode(input, SkyPackets.container(SkyPackets.record(SkyPackets.schema(), alert -> {
            alert.put("name", null);
            observed(alert).put("fluxError", null);
            observed(alert).put("score", null);
            observed(alert).put("filter", 7);
        })));
        assertThat(packet).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.objectId()).isEmpty();
            assertThat(alert.signalToNoise()).isEmpty();
            assertThat(alert.surveyScore()).isEmpty();
            assertThat(alert.band()).isEqualTo("7");
        });
    }

    @Test
    void namesTheCutoutThatAPacketLacks() {
        for (ByteBuffer none : new ByteBuffer[] {null, ByteBuffer.allocate(0)}) {
            GenericRecord packet = SkyPackets.record(SkyPackets.schema(), alert -> alert.put("difference", none));
            assertThat(decode(input, SkyPackets.container(packet)))
                    .isInstanceOfSatisfying(
                            Alert.class,
                            alert -> assertThat(alert.abstention())
                                    .contains(Abstained.missing(List.of(Plane.DIFFERENCE))));
        }
    }

    static Stream<Arguments> badImages() {
        byte[] good = SkyPackets.image(1);
        return Stream.of(
                Arguments.of("no FITS", new byte[] {1, 2, 3}),
                Arguments.of("cut short", Arrays.copyOf(good, good.length - 20)),
                Arguments.of("a gzip bomb", FitsBytes.gzip(new byte[64 << 20])),
                Arguments.of(
                        "a hundred thousand rows",
                        new FitsBytes()
                                .card("SIMPLE", "T")
                                .axes(-32, 100_000, 100_000)
                                .end()
                                .bytes()),
                Arguments.of("too many columns", FitsBytes.image(600, 1, new float[600])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badImages")
    void refusesABadImageAndGoesOn(String fault, byte[] image) {
        byte[] bad = SkyPackets.container(
                SkyPackets.record(SkyPackets.schema(), alert -> alert.put("difference", ByteBuffer.wrap(image))));
        byte[] good = SkyPackets.container(SkyPackets.record());
        AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN));
        assertIsTheAlert(decoder.decode(good));
        assertThat(decoder.decode(bad))
                .isInstanceOfSatisfying(
                        DeadLetter.class, letter -> assertThat(letter.error()).isEqualTo(ErrorClass.BAD_FITS));
        assertIsTheAlert(decoder.decode(good));
    }

    @Test
    void readsASchemaAgainThatWasCrowdedOut() {
        AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN));
        for (int round = 0; round < 2; round++) {
            for (int version = 1; version <= 150; version++) {
                String json = SkyPackets.SCHEMA_JSON.replace("sky.v1", "sky.v" + version);
                Schema schema = new Schema.Parser().setValidateDefaults(false).parse(json);
                assertIsTheAlert(decoder.decode(SkyPackets.container(SkyPackets.record(schema, alert -> {}))));
            }
        }
    }

    @Test
    void readsStampedesOwnAlertsInEveryFraming() {
        StampAlert alert = Alerts.uniform("a1", 0.5f);
        byte[] single = SingleObject.write(alert);
        byte[] binary = Arrays.copyOfRange(single, SingleObject.HEADER_BYTES, single.length);
        Decoded packet = decode(input, SkyPackets.container(alert.getSchema().toString(), binary));
        assertThat(packet).isEqualTo(decode(input, single));
        assertThat(((Alert) packet).id()).isEqualTo("a1");
    }

    @Test
    void shipsSevenSurveys() {
        assertThat(SurveyCatalogue.shipped().names())
                .containsExactly("ZTF", "LSST", "DECam", "WINTER", "PGIR", "ATLAS", "TURBO");
    }
}
