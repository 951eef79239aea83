package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.contract.Polarity;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.NightPackets;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import dev.stampede.streaming.wire.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A survey of an uncommon layout, known by its file alone. */
class InventedSurveyTest {
    private static final ModelContract.Input MODEL = new ModelContract.Input(List.of(Plane.MEDIAN), 21);

    @TempDir
    private Path folder;

    private PacketInput input(String timeFormat) throws IOException {
        Path file = Files.writeString(folder.resolve("night.yaml"), NightPackets.surveyFile(timeFormat));
        return SkyPackets.input(SurveyCatalogue.with(List.of(file)), SchemaSource.NONE);
    }

    private static Decoded decode(PacketInput input, byte[] value) {
        AlertDecoder decoder = input.newDecoder(MODEL, Domain.ofTraining(OptionalDouble.of(0.25)), Padding.NONE);
        return decoder.decode(value);
    }

    @ParameterizedTest(name = "{0}, id {1} as text {2}, zipped {3}")
    @CsvSource({
        "JD, 169813006129561655, false, true",
        "MJD, 42, false, false",
        "MJD, 2026-07-14T03:12/7, true, true",
        "JD, 007, true, false"
    })
    void readsEveryFieldWhereverItIs(String timeFormat, String id, boolean asText, boolean zipped) throws IOException {
        double epoch = timeFormat.equals("JD") ? 2_460_000.75 : 60_000.25;
        byte[] packet = NightPackets.packet(asText ? id : Long.valueOf(id), epoch, zipped);
        assertThat(decode(input(timeFormat), packet)).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.survey()).isEqualTo("NIGHT");
            assertThat(alert.id()).isEqualTo(id);
            assertThat(alert.objectId()).contains("an object");
            assertThat(alert.mjd()).hasValue(60_000.25);
            assertThat(alert.timeScale()).isEqualTo(TimeScale.TAI);
            assertThat(alert.position()).contains(new SkyPosition(12.5, -45.25));
            assertThat(alert.band()).isEqualTo("w");
            assertThat(alert.signalToNoise()).hasValue(6.5);
            assertThat(alert.surveyScore()).hasValue(0.75);
            assertThat(alert.pixelScaleArcsec()).hasValue(NightPackets.ARCSEC);
            assertThat(alert.width()).isEqualTo(NightPackets.SIDE);
            assertSeesTheImageOf(alert, 0.25f);
        });
        assertThat(decode(input(timeFormat).withPlanes(PlaneMapping.parse(List.of("median=science"))), packet))
                .isInstanceOfSatisfying(Alert.class, alert -> assertSeesTheImageOf(alert, 0.5f));
    }

    private static void assertSeesTheImageOf(Alert alert, float value) {
        Stamp stamp = alert.stamp().orElseThrow();
        assertThat(stamp.height()).isEqualTo(NightPackets.SIDE);
        for (int column = 0; column < NightPackets.SIDE; column++) {
            assertThat(stamp.pixel(0, 7, column)).isEqualTo(NightPackets.pixel(value, column));
        }
    }

    @Test
    void isResampledToTheModelsPixels() throws IOException {
        PacketInput resampling = input("MJD").withFit(Resizing.RESAMPLE);
        assertThat(decode(resampling, NightPackets.packet("a", 60_000.25, true)))
                .isInstanceOfSatisfying(Alert.class, alert -> {
                    assertThat(alert.magnification()).hasValue(2);
                    assertThat(alert.width()).isEqualTo(NightPackets.SIDE);
                    Stamp stamp = alert.stamp().orElseThrow();
                    assertThat(stamp.width()).isEqualTo(MODEL.stampSize());
                    // A quarter of the area, and a slope of half as much a pixel, about the same middle.
                    for (int column = 0; column < 21; column++) {
                        double there = NightPackets.pixel(0.25f, 50) + (column - 10) / 2.0 / 1000;
                        assertThat(stamp.pixel(0, 3, column)).isEqualTo((float) (there / 4), within(1e-7f));
                    }
                });
    }

    @ParameterizedTest(name = "{0} arcsec, {1}: magnification {2}")
    @CsvSource({
        "0.25, AUTO, 2",
        "0.496, AUTO, ",
        "0.505, AUTO, ",
        "0.49, AUTO, 1.0204081632653061",
        "0.496, RESAMPLE, 1.0080645161290323"
    })
    void isResampledByDefaultIfTheScalesDiffer(double modelArcsec, Resizing fit, @Nullable Double magnification)
            throws IOException {
        byte[] packet = NightPackets.packet("a", 60_000.25, true);
        Domain domain = Domain.ofTraining(OptionalDouble.of(modelArcsec));
        AlertDecoder decoder = input("MJD").withFit(fit).newDecoder(MODEL, domain, Padding.NONE);
        assertThat(decoder.decode(packet)).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.stamp()).isPresent();
            assertThat(alert.magnification())
                    .isEqualTo(magnification == null ? OptionalDouble.empty() : OptionalDouble.of(magnification));
        });
    }

    @Test
    void isOutsideTheDomainOfAModelOfAnotherScaleOrSurvey() throws IOException {
        byte[] packet = NightPackets.packet("a", 60_000.25, true);
        Domain fine = Domain.ofTraining(OptionalDouble.of(0.2));
        Domain ofZtf = new Domain(List.of("ZTF"), OptionalDouble.empty(), 0, 9, Polarity.BOTH);
        Domain ofNight = new Domain(List.of("ztf", "night"), OptionalDouble.empty(), 0.5, 9, Polarity.BOTH);
        assertThat(abstention(input("MJD"), fine, packet))
                .contains(Abstained.outOfDomain("0.50 arcsec per pixel, not 0.10 to 0.40"));
        assertThat(abstention(input("MJD"), ofZtf, packet)).contains(Abstained.outOfDomain("survey NIGHT"));
        assertThat(abstention(input("MJD"), ofNight, packet)).isEmpty();
        assertThat(abstention(input("MJD").withOutOfDomain(OutOfDomain.CLASSIFY), fine, packet))
                .isEmpty();
        assertThat(abstention(input("MJD").withOutOfDomain(OutOfDomain.CLASSIFY), ofZtf, packet))
                .isEmpty();
    }

    private static Optional<Abstained> abstention(PacketInput input, Domain domain, byte[] packet) {
        AlertDecoder decoder = input.newDecoder(MODEL, domain, Padding.NONE);
        return ((Alert) decoder.decode(packet)).abstention();
    }

    @Test
    void isADeadLetterWithoutItsFile() {
        PacketInput none = SkyPackets.input(SurveyCatalogue.shipped(), SchemaSource.NONE);
        assertThat(decode(none, NightPackets.packet(7L, 60_000, true)))
                .isEqualTo(new DeadLetter(
                        ErrorClass.UNKNOWN_SURVEY,
                        "the schema org.night.v2.Notice matches no known survey; describe it in a survey file"));
    }
}
