package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.registry.SchemaFolder;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.KnownObject;
import dev.stampede.streaming.survey.SurveyCatalogue;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The known Solar System object that a packet names. */
class KnownObjectTest {
    private static final String FIELDS = """
            knownObject: {id: ssId, name: ssName, distanceArcsec: ssDistance, maxDistanceArcsec: 2}
            cutouts:
            """;
    private static final Schema SCHEMA =
            new Schema.Parser().parse(SkyPackets.SCHEMA_JSON.replace("{\"name\": \"history\"", """
                    {"name": "ssId", "type": ["null", "long"], "default": null},
                    {"name": "ssName", "type": ["null", "string"], "default": null},
                    {"name": "ssDistance", "type": ["null", "float"], "default": null},
                    {"name": "history\""""));

    @TempDir
    private Path folder;

    private static Decoded decode(PacketInput input, byte[] value) {
        AlertDecoder decoder = input.newDecoder(List.of(Plane.DIFFERENCE));
        return decoder.decode(value);
    }

    private PacketInput sky(String fields) throws IOException {
        Path file = Files.writeString(folder.resolve("sky.yaml"), SkyPackets.SURVEY_FILE.replace("cutouts:\n", fields));
        return SkyPackets.input(SurveyCatalogue.with(List.of(file)), SchemaSource.NONE);
    }

    private Optional<KnownObject> known(@Nullable Long id, @Nullable String name, @Nullable Float distance)
            throws IOException {
        GenericRecord packet = SkyPackets.record(SCHEMA, alert -> {
            alert.put("ssId", id);
            alert.put("ssName", name);
            alert.put("ssDistance", distance);
        });
        Decoded decoded = decode(sky(FIELDS), SkyPackets.container(packet));
        assertThat(decoded).isInstanceOf(Alert.class);
        return ((Alert) decoded).knownObject();
    }

    @ParameterizedTest(name = "id {0}, name {1}, distance {2}")
    @CsvSource({
        ", , ",
        "0, , ",
        "0, null, -999",
        ", NULL, -999.0",
        ", None, NaN",
        ", nan, 1",
        ", -999.0, -999",
        ", ' ', 0.5"
    })
    void isAbsentForEveryWayToWriteNone(@Nullable Long id, @Nullable String name, @Nullable Float distance)
            throws IOException {
        assertThat(known(id, name, distance)).isEmpty();
    }

    @ParameterizedTest(name = "id {0}, name {1}, distance {2}: match {3}")
    @CsvSource({
        "21163624394469969, , , true",
        "9223372036854775807, 2026 AB1, 0.25, true",
        "-4611686018427387905, 2026 AB1, 0.25, false",
        ", 2026 AB1, 0.25, true",
        ", 2026 AB1, 2, true",
        ", 2026 AB1, 2.001, false",
        ", 1234, 30, false",
        ", 1234, , false",
        "7, 1234, 30, true"
    })
    void hasTheExactIdAndMatchesByIdOrDistance(
            @Nullable String id, @Nullable String name, @Nullable Float distance, boolean isMatch) throws IOException {
        Optional<String> expectedId = Optional.ofNullable(id).filter(text -> !text.startsWith("-"));
        OptionalDouble arcsec = distance == null ? OptionalDouble.empty() : OptionalDouble.of(distance);
        boolean negativeIdIsNone = id != null && expectedId.isEmpty();
        assertThat(known(id == null ? null : Long.valueOf(id), name, distance))
                .contains(new KnownObject(expectedId, Optional.ofNullable(name), arcsec, negativeIdIsNone || isMatch));
    }

    @Test
    void isReadFromTheNextFieldIfTheFirstNamesNone() throws IOException {
        String several = FIELDS.replace("ssId", "[ssId, number]").replace("ssName", "[ssName, name]");
        GenericRecord packet = SkyPackets.record(SCHEMA, alert -> {
            alert.put("ssId", 0L);
            alert.put("ssName", "null");
        });
        assertThat(decode(sky(several), SkyPackets.container(packet)))
                .isInstanceOfSatisfying(
                        Alert.class,
                        alert -> assertThat(alert.knownObject())
                                .contains(new KnownObject(
                                        Optional.of("169813006129561655"),
                                        Optional.of("an object"),
                                        OptionalDouble.empty(),
                                        true)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity"})
    void refusesALimitThatIsNoDistance(String max) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> sky(FIELDS.replace("maxDistanceArcsec: 2", "maxDistanceArcsec: " + max)))
                .withMessageContaining("knownObject.maxDistanceArcsec")
                .withMessageContaining("not above 0");
    }

    @Test
    void refusesAnIdThatMayHaveLostDigits() throws IOException {
        String asDouble = FIELDS.replace("id: ssId", "id: seen.when");
        assertThat(decode(sky(asDouble), SkyPackets.container(SkyPackets.record(SCHEMA, alert -> {}))))
                .isInstanceOfSatisfying(
                        DeadLetter.class, letter -> assertThat(letter.error()).isEqualTo(ErrorClass.SCHEMA_MISMATCH));
    }

    private static Decoded decodeStampAlert(@Nullable String id, @Nullable String name, @Nullable Double distance) {
        StampAlert alert =
                StampAlertWriter.alert("a", "DEEP", List.of(Plane.DIFFERENCE), Stamp.of(1, 21, 21, new float[21 * 21]));
        alert.put("ssObjectId", id);
        alert.put("knownObjectName", name);
        alert.put("knownObjectDistanceArcsec", distance);
        return decode(SkyPackets.input(SurveyCatalogue.shipped(), SchemaSource.NONE), SingleObject.write(alert));
    }

    @Test
    void isWhatAStampAlertNames() {
        assertThat(decodeStampAlert(null, "2026 AB", 0.5))
                .isInstanceOfSatisfying(
                        Alert.class,
                        alert -> assertThat(alert.knownObject())
                                .contains(new KnownObject(
                                        Optional.empty(), Optional.of("2026 AB"), OptionalDouble.of(0.5), true)));
        assertThat(decodeStampAlert(null, " ", 0.5))
                .isInstanceOfSatisfying(
                        Alert.class, alert -> assertThat(alert.knownObject()).isEmpty());
        assertThat(decodeStampAlert("x", null, -1.0))
                .isEqualTo(
                        new DeadLetter(ErrorClass.INVALID_FIELD, "knownObjectDistanceArcsec is -1.0, not 0 to 648000"));
        assertThat(decodeStampAlert("x".repeat(1001), null, null))
                .isInstanceOfSatisfying(
                        DeadLetter.class, letter -> assertThat(letter.message()).contains("known object"));
    }

    @Test
    void isReadFromARealPacketOfLsst() throws IOException {
        Path packets = RealData.folder("packets");
        byte[] packet = Files.readAllBytes(packets.resolveSibling("faults/fink/known_solar_system_object.avro"));
        PacketInput input =
                SkyPackets.input(SurveyCatalogue.shipped(), SchemaFolder.read(packets.resolve("rubin/schemas")));
        assertThat(decode(input, packet)).isInstanceOfSatisfying(Alert.class, alert -> {
            KnownObject known = alert.knownObject().orElseThrow();
            assertThat(known.id()).contains("21163624394469969");
            assertThat(known.isMatch()).isTrue();
            assertThat(known.name()).contains("2004 JQ12");
            assertThat(known.distanceArcsec().orElseThrow()).isEqualTo(0.029_756, within(1e-6));
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "ztf/472263571115115000.avro",
                "winter/winter_alert.avro",
                "pgir/pgir_alerts_20210629_114297926.avro"
            })
    void isAbsentFromRealPacketsThatNameNone(String file) throws IOException {
        byte[] packet = Files.readAllBytes(RealData.folder("packets").resolve(file));
        assertThat(decode(SkyPackets.input(SurveyCatalogue.shipped(), SchemaSource.NONE), packet))
                .isInstanceOfSatisfying(
                        Alert.class, alert -> assertThat(alert.knownObject()).isEmpty());
    }
}
