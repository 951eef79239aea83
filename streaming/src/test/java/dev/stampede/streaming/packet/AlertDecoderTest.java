package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertDecoderTest {
    private static final int MAX_BYTES = 10_000;
    private static final float[] SIX = {1, 2, 3, 4, 5, 6};
    private final AlertDecoder decoder = new AlertDecoder(List.of(Plane.MEDIAN), MAX_BYTES);

    @Test
    void readsEveryFieldOfAnAlert() {
        StampAlert wire = Alerts.with("a1", Alerts.coadd(dev.stampede.schemas.CoaddKind.MEDIAN, 3, 2, SIX));
        assertThat(decoder.decode(SingleObject.write(wire))).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.id()).isEqualTo("a1");
            assertThat(alert.objectId()).contains("object-a1");
            assertThat(alert.survey()).isEqualTo("DEEP");
            assertThat(alert.band()).isEqualTo("VR");
            assertThat(alert.mjd()).hasValue(58577.25);
            assertThat(alert.timeScale()).isEqualTo(TimeScale.TAI);
            assertThat(alert.width()).isEqualTo(3);
            assertThat(alert.height()).isEqualTo(2);
            assertThat(alert.stamp()).contains(Stamp.of(1, 2, 3, SIX));
            assertThat(alert.explain()).isTrue();
        });
    }

    /** A classification repeats these texts, and one that its topic refuses would stop the stream for good. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"alertId", "objectId", "survey", "band"})
    void refusesAlertsWhoseTextsHaveNoEnd(String field) {
        StampAlert wire = Alerts.uniform("a1", 0.5f);
        int position = StampAlert.getClassSchema().getField(field).pos();
        wire.put(position, "x".repeat(FieldRanges.MAX_TEXT));
        assertThat(decoder.decode(SingleObject.write(wire))).isInstanceOf(Alert.class);
        wire.put(position, "x".repeat(FieldRanges.MAX_TEXT + 1));
        assertThat(decoder.decode(SingleObject.write(wire)))
                .isEqualTo(new DeadLetter(
                        ErrorClass.INVALID_FIELD,
                        "alertId, objectId, known object, survey or band has more than 1000 characters"));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "mjd, NaN, 'mjd is NaN, not 0 to 100000'",
        "mjd, 1e300, 'mjd is 1.0E300, not 0 to 100000'",
        "mjd, -1, 'mjd is -1.0, not 0 to 100000'",
        "mjd, 2460000.5, 'mjd is 2460000.5, not 0 to 100000'",
        "rightAscensionDegrees, 400, 'rightAscensionDegrees is 400.0, not 0 to 360'",
        "rightAscensionDegrees, -Infinity, 'rightAscensionDegrees is -Infinity, not 0 to 360'",
        "declinationDegrees, -120, 'declinationDegrees is -120.0, not -90 to 90'",
        "declinationDegrees, NaN, 'declinationDegrees is NaN, not -90 to 90'"
    })
    void refusesNumbersOutsideTheirRange(String field, double value, String message) {
        StampAlert wire = Alerts.uniform("a1", 0.5f);
        wire.put(StampAlert.getClassSchema().getField(field).pos(), value);
        assertThat(decoder.decode(SingleObject.write(wire)))
                .isEqualTo(new DeadLetter(ErrorClass.INVALID_FIELD, message));
    }

    @Test
    void takesAnAlertOfUnknownTimeAndPosition() {
        StampAlert wire = Alerts.uniform("a1", 0.5f);
        wire.put("mjd", null);
        wire.put("rightAscensionDegrees", null);
        assertError(SingleObject.write(wire), ErrorClass.MISSING_FIELD); // half a position
        wire.put("declinationDegrees", null);
        assertThat(decoder.decode(SingleObject.write(wire))).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.mjd()).isEmpty();
            assertThat(alert.position()).isEmpty();
        });
    }

    @Test
    void takesTheEndsOfTheRanges() {
        StampAlert wire = Alerts.uniform("a1", 0.5f);
        wire.put("mjd", 0d);
        wire.put("rightAscensionDegrees", 360d);
        wire.put("declinationDegrees", -90d);
        assertThat(decoder.decode(SingleObject.write(wire))).isInstanceOf(Alert.class);
    }

    @Test
    void ordersTheCoaddsAsTheModelLooksAtThem() {
        AlertDecoder two = new AlertDecoder(List.of(Plane.MEAN, Plane.MEDIAN), MAX_BYTES);
        StampAlert wire = Alerts.with(
                "a1",
                Alerts.coadd(dev.stampede.schemas.CoaddKind.MEDIAN, 1, 1, 5f),
                Alerts.coadd(dev.stampede.schemas.CoaddKind.SUM, 1, 1, 6f),
                Alerts.coadd(dev.stampede.schemas.CoaddKind.MEAN, 1, 1, 7f));
        assertThat(two.decode(SingleObject.write(wire)))
                .asInstanceOf(type(Alert.class))
                .extracting(alert -> alert.stamp().orElseThrow())
                .isEqualTo(Stamp.of(2, 1, 1, new float[] {7, 5}));
    }

    @Test
    void leavesAnAlertAsItWasWhenItReadsOthers() {
        dev.stampede.schemas.CoaddKind median = dev.stampede.schemas.CoaddKind.MEDIAN;
        byte[] first = SingleObject.write(Alerts.with("a1", Alerts.coadd(median, 3, 2, SIX)));
        Alert alert = (Alert) decoder.decode(first);

        decoder.decode(SingleObject.write(Alerts.with("a2", Alerts.coadd(median, 3, 2, 9, 9, 9, 9, 9, 9))));
        decoder.decode(Arrays.copyOf(first, first.length - 20)); // its pixels were read when it broke off
        decoder.decode(SingleObject.write(Alerts.with(
                "a3", Alerts.coadd(median, 1, 1, 5f), Alerts.coadd(dev.stampede.schemas.CoaddKind.SUM, 1, 1, 6f))));

        assertThat(alert.id()).isEqualTo("a1");
        assertThat(alert.stamp()).contains(Stamp.of(1, 2, 3, SIX));
        assertThat(decoder.decode(first)).isEqualTo(alert);
    }

    @Test
    void hasNoStampWhereACoaddOfTheModelIsMissing() {
        StampAlert wire = Alerts.with("a1", Alerts.coadd(dev.stampede.schemas.CoaddKind.SUM, 1, 1, 5f));
        assertThat(decoder.decode(SingleObject.write(wire))).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.stamp()).isEmpty();
            assertThat(alert.abstention()).contains(Abstained.missing(List.of(Plane.MEDIAN)));
        });
    }

    @Test
    void framesAsTheAvroSpecificationSays() {
        byte[] value = SingleObject.write(Alerts.uniform("a1", 1));
        assertThat(Arrays.copyOf(value, 2)).containsExactly(0xC3, 0x01);
        // An independent way to the fingerprint: Avro's digest of that name gives its bytes in the order of the wire.
        assertThat(Arrays.copyOfRange(value, 2, 10)).isEqualTo(fingerprintBytes());
    }

    private static byte[] fingerprintBytes() {
        try {
            return SchemaNormalization.parsingFingerprint("CRC-64-AVRO", StampAlert.getClassSchema());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void knowsEveryReleasedSchema() {
        assertThat(AlertSchemas.class.getResource("/dev/stampede/schemas/released/1/StampAlert.avsc"))
                .isNotNull();
        assertThat(AlertSchemas.byFingerprint())
                .containsKey(SchemaNormalization.parsingFingerprint64(StampAlert.getClassSchema()));
    }

    @Test
    void refusesANullValue() {
        assertError(null, ErrorClass.NULL_VALUE);
    }

    @Test
    void refusesAValueThatIsTooLarge() {
        assertError(new byte[MAX_BYTES + 1], ErrorClass.VALUE_TOO_LARGE);
        assertError(new byte[MAX_BYTES], ErrorClass.UNKNOWN_FRAMING);
    }

    @Test
    void refusesAnotherFraming() {
        assertError(new byte[0], ErrorClass.UNKNOWN_FRAMING);
        assertError(new byte[] {(byte) 0xC3, 0x01, 1, 2, 3}, ErrorClass.UNKNOWN_FRAMING);
        assertError(new byte[] {1, 0, 0, 3, (byte) 0xE8, 1, 2, 3, 4, 5, 6}, ErrorClass.UNKNOWN_FRAMING);
    }

    @Test
    void refusesASchemaItDoesNotKnow() {
        byte[] value = SingleObject.write(Alerts.uniform("a1", 1));
        value[5] ^= 1;
        assertError(value, ErrorClass.UNKNOWN_SCHEMA);
    }

    @Test
    void refusesAClassification() {
        byte[] value = ByteBuffer.allocate(30)
                .put(new byte[] {(byte) 0xC3, 0x01})
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(SchemaNormalization.parsingFingerprint64(dev.stampede.schemas.Classification.getClassSchema()))
                .array();
        assertError(value, ErrorClass.UNKNOWN_SCHEMA);
    }

    @Test
    void refusesATruncatedValueAndOneWithBytesLeftOver() {
        byte[] value = SingleObject.write(Alerts.uniform("a1", 1));
        assertError(Arrays.copyOf(value, value.length - 1), ErrorClass.CORRUPT_AVRO);
        assertError(Arrays.copyOf(value, value.length + 1), ErrorClass.CORRUPT_AVRO);
    }

    @Test
    void refusesAnAlertWithoutAnId() {
        assertError(SingleObject.write(Alerts.uniform("", 1)), ErrorClass.MISSING_FIELD);
        assertError(SingleObject.write(Alerts.uniform(" \t", 1)), ErrorClass.MISSING_FIELD);
    }

    @Test
    void lacksEveryPlaneInAnAlertWithoutImages() {
        assertThat(decoder.decode(SingleObject.write(Alerts.with("a1"))))
                .isInstanceOfSatisfying(
                        Alert.class,
                        alert -> assertThat(alert.abstention()).contains(Abstained.missing(List.of(Plane.MEDIAN))));
    }

    @Test
    void readsCutoutsAndCoaddsInTheOrderOfTheModel() {
        List<Plane> planes = List.of(Plane.DIFFERENCE, Plane.MEAN, Plane.SCIENCE);
        Stamp stamp = Stamp.of(3, 1, 2, SIX);
        AlertDecoder mixed = new AlertDecoder(planes, MAX_BYTES);
        assertThat(mixed.decode(StampAlertWriter.write("a1", "DEEP", planes, stamp)))
                .isInstanceOfSatisfying(
                        Alert.class, alert -> assertThat(alert.stamp()).contains(stamp));
    }

    @ParameterizedTest(name = "{0}x{1} with six pixels")
    @CsvSource({"2,2", "0,6", "-2,-3", "6,0", "2147483647,2147483647", "1073741827,2"})
    void refusesDimensionsThatAreNotThoseOfThePixels(int width, int height) {
        Coadd coadd = Alerts.coadd(dev.stampede.schemas.CoaddKind.MEDIAN, width, height, SIX);
        assertError(SingleObject.write(Alerts.with("a1", coadd)), ErrorClass.CORRUPT_AVRO);
    }

    @Test
    void refusesACoaddThatComesTwice() {
        Coadd coadd = Alerts.coadd(dev.stampede.schemas.CoaddKind.MEDIAN, 3, 2, SIX);
        assertError(SingleObject.write(Alerts.with("a1", coadd, coadd)), ErrorClass.CORRUPT_AVRO);
    }

    @Test
    void refusesCoaddsOfDifferentSizes() {
        Coadd wide = Alerts.coadd(dev.stampede.schemas.CoaddKind.MEDIAN, 3, 2, SIX);
        Coadd high = Alerts.coadd(dev.stampede.schemas.CoaddKind.MEAN, 2, 3, SIX);
        assertError(SingleObject.write(Alerts.with("a1", wide, high)), ErrorClass.CORRUPT_AVRO);
    }

    @Test
    void readsOnAfterARefusal() {
        assertError(new byte[] {1}, ErrorClass.UNKNOWN_FRAMING);
        byte[] value = SingleObject.write(Alerts.uniform("a1", 1));
        assertError(Arrays.copyOf(value, 40), ErrorClass.CORRUPT_AVRO);
        assertThat(decoder.decode(value)).isInstanceOf(Alert.class);
    }

    private void assertError(byte @Nullable [] value, ErrorClass error) {
        assertThat(decoder.decode(value))
                .asInstanceOf(type(DeadLetter.class))
                .satisfies(letter -> assertThat(letter.message()).isNotBlank())
                .extracting(DeadLetter::error)
                .isEqualTo(error);
    }
}
