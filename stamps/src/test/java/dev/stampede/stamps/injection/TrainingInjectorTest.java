package dev.stampede.stamps.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingInjectorTest {
    private static final int SIDE = 63;
    private static final double SIGMA = 4;
    private static final double FWHM = 4;
    private static final SimulationSettings STAMPS =
            InjectionSettings.differenceArtefacts(SimulationSettings.standard().withPlanes(List.of(Plane.DIFFERENCE)));

    @TempDir
    private Path folder;

    private static InjectionSettings settings(SimulationSettings stamps) {
        return new InjectionSettings(stamps, 20, 1.5, 0.3);
    }

    private static Stamp noise(long seed, double candidate) {
        RandomStream random = RandomStream.of(seed, 0, 1);
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (100 + SIGMA * random.gaussian());
        }
        pixels[pixels.length / 2] += (float) candidate;
        return Stamp.of(1, SIDE, SIDE, pixels);
    }

    /** White noise with a bright candidate at the centre of each image. */
    private static ImageSource whiteNoise(int images) {
        SurveyImages sky = new SurveyImages(21);
        for (int i = 0; i < images; i++) {
            sky.add("object " + i, noise(i, 1e4), Optional.empty(), Optional.empty());
        }
        return sky.withSeeing(FWHM, FWHM, 1);
    }

    private static List<SimulatedCandidate> candidates(ImageSource source, InjectionSettings settings, int images) {
        TrainingInjector injector = new TrainingInjector(source, settings, 5);
        return LongStream.range(0, images)
                .mapToObj(injector::candidates)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void injectsSourcesOfTheWantedSignalToNoise() {
        ImageSource noise = whiteNoise(10);
        SimulationSettings sources = STAMPS.withRealShare(1);
        List<SimulatedCandidate> faint = candidates(noise, settings(sources.withSignalToNoise(20, 20)), 10);
        List<SimulatedCandidate> bright = candidates(noise, settings(sources.withSignalToNoise(40, 40)), 10);
        List<Double> measured = new ArrayList<>();
        for (int i = 0; i < faint.size(); i++) {
            // The difference is the light of a source of S/N 20, which in white noise has that of its pixels together.
            double square = 0;
            for (int j = 0; j < 21 * 21; j++) {
                double light = bright.get(i).stamp().pixel(0, j / 21, j % 21)
                        - faint.get(i).stamp().pixel(0, j / 21, j % 21);
                square += light * light;
            }
            measured.add(Math.sqrt(square) / SIGMA);
            assertThat(faint.get(i).truth().signalToNoise()).isCloseTo(20, within(1e-9));
        }
        double median = measured.stream().sorted().toList().get(measured.size() / 2);
        assertThat(measured).hasSize(200);
        assertThat(median).isCloseTo(20, within(1.0)); // sigmaG and the correlation of 4,000 pixels
    }

    @Test
    void leavesNoTraceOfTheCandidateOfAnImage() {
        List<SimulatedCandidate> peaks =
                candidates(whiteNoise(5), settings(STAMPS.withRealShare(0).only(CandidateKind.NOISE_PEAK)), 5);
        assertThat(peaks)
                .isNotEmpty()
                .allSatisfy(peak -> assertThat(peak.truth().signalToNoise()).isLessThan(6));
    }

    @ParameterizedTest
    @EnumSource(
            value = CandidateKind.class,
            names = {"MASKED", "BLANK"},
            mode = EnumSource.Mode.EXCLUDE)
    void makesOneKindOnlyIfAsked(CandidateKind kind) {
        assertThat(candidates(new DifferenceSkies(3.4, 5.9, 1), settings(STAMPS.only(kind)), 2))
                .isNotEmpty()
                .allSatisfy(candidate -> {
                    assertThat(candidate.truth().kind()).isEqualTo(kind);
                    assertThat(candidate.truth().isReal()).isEqualTo(kind == CandidateKind.POINT_SOURCE);
                    for (int i = 0; i < 21 * 21; i++) {
                        assertThat(candidate.stamp().pixel(0, i / 21, i % 21)).isFinite();
                    }
                });
    }

    @Test
    void refusesKindsThatCannotBeInjected() {
        assertThatThrownBy(() -> settings(STAMPS.only(CandidateKind.BLANK)))
                .hasMessageContaining("masked and blank stamps are not injected");
        assertThatThrownBy(() -> settings(STAMPS.withPlanes(List.of(Plane.SCIENCE, Plane.DIFFERENCE))))
                .hasMessageContaining("one plane");
    }

    @Test
    void writesTheSameBytesForTheSameSeedAndGroupsByImage() throws IOException {
        for (String name : List.of("a", "b")) {
            InjectedFolder.Counts counts =
                    InjectedFolder.write(folder.resolve(name), whiteNoise(3), 3, 60, settings(STAMPS), 7, stamps -> {});
            assertThat(counts.real() + counts.bogus()).isEqualTo(60);
        }
        for (String file : List.of(SimulatedFolder.SOURCES, SimulatedFolder.NOISE, SimulatedFolder.TRUTH)) {
            assertThat(folder.resolve("a").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(file));
        }
        List<String> truth = Files.readAllLines(folder.resolve("a").resolve(SimulatedFolder.TRUTH));
        for (int i = 0; i < 60; i++) { // twenty of each image
            assertThat(truth.get(i + 1)).endsWith("," + i / 20);
        }
    }

    @Test
    void keepsTheImagesOfOneObjectInOneGroup() {
        SurveyImages sky = new SurveyImages(21);
        List<String> objects = List.of("first", "second", "first", "third", "second");
        for (int i = 0; i < objects.size(); i++) {
            sky.add(objects.get(i), noise(i, 0), Optional.empty(), Optional.empty());
        }
        ImageSource source = sky.withSeeing(FWHM, FWHM, 1);
        List<Long> groups = List.of(0L, 1L, 0L, 3L, 1L);
        for (int i = 0; i < groups.size(); i++) {
            long group = groups.get(i);
            assertThat(new TrainingInjector(source, settings(STAMPS), 5).candidates(i))
                    .isNotEmpty()
                    .allSatisfy(stamp -> assertThat(stamp.truth().groupId()).isEqualTo(group));
        }
    }

    @Test
    void namesTheSizeIfAllImagesAreSmaller() {
        SurveyImages sky = new SurveyImages(SIDE + 2);
        sky.add("object", noise(1, 0), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> sky.withSeeing(FWHM, FWHM, 1))
                .hasMessageContaining("1 smaller than 65x65 pixels")
                .hasMessageContaining("--size");
    }
}
