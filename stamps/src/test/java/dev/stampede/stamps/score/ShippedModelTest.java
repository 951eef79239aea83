package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The models for coadds of shift-and-stack searches, on stamps of a seed that no training uses. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"vgg6", "compact", "compact-median", "resnet14"})
@Tag("slow")
class ShippedModelTest {
    private static final long SEED = 4_242_424;
    private static final int STAMPS = 2000;

    private final String name;
    private final StampModel classifier;

    ShippedModelTest(String name) {
        this.name = name;
        this.classifier = StampModel.open(ModelFile.read(Path.of(name)));
    }

    @AfterEach
    void close() {
        classifier.close();
    }

    private List<Prediction> predict(List<Stamp> stamps) {
        try (StampPredictor predict = classifier.newPredictor(256)) {
            return predict.predict(stamps);
        }
    }

    private SimulationSettings standard() {
        return SimulationSettings.standard().withPlanes(classifier.contract().planes());
    }

    private double shareReal(SimulationSettings settings) {
        Simulator simulator = Simulator.of(settings, SEED);
        List<Prediction> judgements = predict(LongStream.range(0, STAMPS)
                .mapToObj(index -> simulator.candidate(index).stamp())
                .toList());
        List<Prediction> scored =
                judgements.stream().filter(Scored.class::isInstance).toList();
        return (double) scored.stream()
                        .filter(prediction -> prediction.verdict() == Verdict.REAL)
                        .count()
                / scored.size();
    }

    @Test
    void saysWhatItIs() {
        assertThat(classifier.contract().modelName()).isEqualTo(name);
        assertThat(classifier.contract().recipeName()).isEqualTo(Recipe.ASINH_SNR.recipeName());
        assertThat(classifier.contract().pixelScaleArcsec()).hasValue(0.263);
        assertThat(classifier.contract().metrics()).isNotEmpty();
    }

    @Test
    void findsNearlyAllSourcesOfSignalToNoise8AndAbove() {
        // 98.9 % and more (docs/lab/2026-12-01-shipped-models.md); 2,000 of them scatter by 0.24 %, so this is four
        // deviations below.
        assertThat(shareReal(standard().only(CandidateKind.POINT_SOURCE).withSignalToNoise(8, 100)))
                .isGreaterThan(0.979);
    }

    @ParameterizedTest(name = "{0} below {1}")
    @CsvSource({"NOISE_PEAK, 0.037", "STAR_RESIDUE, 0.03", "STREAK, 0.025", "COSMIC_RAY, 0.015", "DETECTOR_DEFECT, 0.01"
    })
    void letsFewArtefactsThrough(CandidateKind kind, double maxShare) {
        assertThat(shareReal(standard().only(kind))).isLessThan(maxShare);
    }

    @ParameterizedTest
    @CsvSource({"MASKED", "BLANK"})
    void abstainsOnWhatNobodyCanJudge(CandidateKind kind) {
        Simulator simulator = Simulator.of(standard().only(kind), SEED);
        assertThat(predict(LongStream.range(0, 100)
                        .mapToObj(index -> simulator.candidate(index).stamp())
                        .toList()))
                .allMatch(prediction -> prediction.verdict() == Verdict.ABSTAIN);
    }

    /** A figure shows one coadd, which stands for all that the model takes. */
    private Stamp onAllPlanes(Stamp figure) {
        int planes = classifier.contract().planes().size();
        float[] pixels = new float[planes * figure.height() * figure.width()];
        for (int plane = 0; plane < planes; plane++) {
            figure.copyTo(pixels, plane * figure.height() * figure.width());
        }
        return Stamp.of(planes, figure.height(), figure.width(), pixels);
    }

    @ParameterizedTest(name = "{0}: REAL {1} to {2}")
    @CsvSource({
        "kbmod_figure_simulated_on_real_sky_50.npy, 43, 50",
        "kbmod_figure_true_10.npy, 8, 10",
        "astroml_figure_true_10.npy, 7, 10",
        "kbmod_figure_false_10.npy, 0, 1",
        "astroml_figure_false_10.npy, 0, 1",
    })
    void agreesWithWhatIsKnownOfRealStamps(String file, int min, int max) {
        try (StampFile stamps = StampFile.open(RealData.folder("stamps").resolve(file))) {
            List<Prediction> judgements = predict(LongStream.range(0, stamps.size())
                    .mapToObj(stamps::stamp)
                    .map(this::onAllPlanes)
                    .toList());
            assertThat(judgements)
                    .filteredOn(prediction -> prediction.verdict() == Verdict.REAL)
                    .hasSizeBetween(min, max);
        }
    }
}
