package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.registry.SchemaFolder;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every real packet at hand, against a plain reading of all its fields by Avro and of its image by {@link PlainFits}. */
class RealPacketsTest {
    private static final double HALF_A_MILLISECOND_OF_DAYS = 0.5e-3 / 86_400;

    private final Path folder = RealData.folder("packets");
    private final SchemaFolder schemas = SchemaFolder.read(folder.resolve("rubin/schemas"));

    private Decoded decode(byte[] packet, Plane plane) {
        PacketInput input = new PacketInput(
                InputFormat.AUTO,
                PlaneMapping.DEFAULT,
                Resizing.CROP,
                OutOfDomain.ABSTAIN,
                SurveyCatalogue.shipped(),
                schemas,
                1 << 20);
        AlertDecoder decoder = input.newDecoder(List.of(plane));
        return decoder.decode(packet);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ztf/472263571115115000.avro, ZTF, candid, objectId, candidate.jd, 2400000.5, UTC, candidate.ra, candidate.dec,"
                + " candidate.drb, cutoutDifference.stampData, cutoutScience.stampData",
        "ztf/2019_01_10_739260766315010006.avro, ZTF, candid, objectId, candidate.jd, 2400000.5, UTC, candidate.ra,"
                + " candidate.dec, candidate.rb, cutoutDifference.stampData, cutoutScience.stampData",
        "ztf/ccd_edge_1288_nan_pixels.avro, ZTF, candid, objectId, candidate.jd, 2400000.5, UTC, candidate.ra,"
                + " candidate.dec, candidate.rb, cutoutDifference.stampData, cutoutScience.stampData",
        "ztf/snappy_codec.avro, ZTF, candidate.candid, objectId, candidate.jd, 2400000.5, UTC, candidate.ra, candidate.dec,"
                + " candidate.drb, cutoutDifference.stampData, cutoutScience.stampData",
        "decam/decam_alert.avro, DECam, candid, objectId, candidate.mjd, 0, UTC, candidate.ra, candidate.dec,"
                + " candidate.reliability, cutoutDifference, cutoutScience",
        "winter/winter_alert.avro, WINTER, candid, objectid, candidate.jd, 2400000.5, UTC, candidate.ra,"
                + " candidate.dec, candidate.rb, cutout_difference, cutout_science",
        "pgir/pgir_alerts_20210629_114297926.avro, PGIR, candid, objectId, candidate.jd, 2400000.5, UTC, candidate.ra,"
                + " candidate.dec, candidate.drb, cutoutDifference, cutoutScience",
        "atlas/ATLAS_samples_02a59543o0040o_006230.avro, ATLAS, candid, objectId, candidate.mjd, 0, UTC, candidate.RA,"
                + " candidate.Dec, candidate.rb, cutoutDifference.stampData, cutoutScience.stampData",
        "rubin/169813006129561655.reencoded_v10_0.confluent.avro, LSST, diaSourceId, diaSource.diaObjectId,"
                + " diaSource.midpointMjdTai, 0, TAI, diaSource.ra, diaSource.dec, diaSource.reliability,"
                + " cutoutDifference, cutoutScience",
        "rubin/169813006198767621.reencoded_v10_0.confluent.avro, LSST, diaSourceId, diaSource.diaObjectId,"
                + " diaSource.midpointMjdTai, 0, TAI, diaSource.ra, diaSource.dec, diaSource.reliability,"
                + " cutoutDifference, cutoutScience",
    })
    void readsWhatAPlainReadingFinds(
            String file,
            String survey,
            String id,
            String objectId,
            String time,
            double mjdZero,
            TimeScale scale,
            String rightAscension,
            String declination,
            String score,
            String difference,
            String science)
            throws IOException {
        byte[] packet = Files.readAllBytes(folder.resolve(file));
        GenericRecord plain = PlainPacket.read(packet, schemas);
        assertThat(decode(packet, Plane.MEDIAN)).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.survey()).isEqualTo(survey);
            assertThat(alert.id()).isEqualTo(PlainPacket.present(plain, id).toString());
            assertThat(alert.objectId())
                    .contains(PlainPacket.present(plain, objectId).toString());
            assertThat(alert.mjd().orElseThrow())
                    .isEqualTo(PlainPacket.number(plain, time) - mjdZero, within(HALF_A_MILLISECOND_OF_DAYS))
                    .isBetween(57_000.0, 62_000.0);
            assertThat(alert.timeScale()).isEqualTo(scale);
            assertThat(alert.position())
                    .contains(new SkyPosition(
                            PlainPacket.number(plain, rightAscension), PlainPacket.number(plain, declination)));
            assertSeesThePixelsOf(alert, PlainPacket.bytes(plain, difference));
            if (PlainPacket.field(plain, score) == null) {
                assertThat(alert.surveyScore()).isEmpty();
            } else {
                assertThat(alert.surveyScore()).hasValue(PlainPacket.number(plain, score));
            }
        });
        assertThat(decode(packet, Plane.SCIENCE))
                .isInstanceOfSatisfying(
                        Alert.class, alert -> assertSeesThePixelsOf(alert, PlainPacket.bytes(plain, science)));
    }

    @ParameterizedTest(name = "schema {0}")
    @ValueSource(strings = {"9", "10", "11"})
    void saysOfSamplesWithoutCutoutsThatTheyHaveNone(String major) throws IOException {
        byte[] sample = Files.readAllBytes(folder.resolve("rubin/schemas/" + major + "/0/fakeAlert.avro"));
        assertThat(decode(sample, Plane.TEMPLATE)).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.stamp()).isEmpty();
            assertThat(alert.abstention()).contains(Abstained.missing(List.of(Plane.TEMPLATE)));
        });
    }

    private static void assertSeesThePixelsOf(Alert alert, byte[] cutout) {
        PlainFits image;
        try {
            image = PlainFits.read(cutout);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(alert.width()).isEqualTo(image.width()).isGreaterThan(21);
        assertThat(alert.height()).isEqualTo(image.height()).isGreaterThan(21);
        assertThat(alert.stamp()).isPresent();
        Stamp stamp = alert.stamp().orElseThrow();
        int top = stamp.height() / 2 - image.height() / 2;
        int left = stamp.width() / 2 - image.width() / 2;
        for (int row = 0; row < stamp.height(); row++) {
            for (int column = 0; column < stamp.width(); column++) {
                boolean inside =
                        row >= top && row < top + image.height() && column >= left && column < left + image.width();
                // As objects: only so is NaN equal to itself.
                Float expected = inside ? image.pixel(row - top, column - left) : Float.NaN;
                assertThat((Float) stamp.pixel(0, row, column)).isEqualTo(expected);
            }
        }
    }
}
