package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stamps of real searches, with all their blanks, masks and scales; read from beside the repository, where present. */
class RealStampsTest {
    private static final Plane[] THREE = {Plane.MEDIAN, Plane.MEAN, Plane.SUM};

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void givesEveryRealStampAProbabilityOrAReason(Recipe recipe) throws IOException {
        for (Path file : stampFiles()) {
            List<Stamp> stamps = stampsOf(file);
            TinyModel model = TinyModel.standard().withRecipe(recipe);
            if (stamps.get(0).planes() == THREE.length) {
                model.withPlanes(THREE);
            }
            assertThat(classified(model, stamps)).as(file.toString()).hasSameSizeAs(stamps);
        }
    }

    private static List<Prediction> classified(TinyModel model, List<Stamp> stamps) {
        try (StampModel classifier = StampModel.open(model.file());
                StampPredictor predict = classifier.newPredictor(64)) {
            List<Prediction> judgements = predict.predict(stamps);
            assertThat(judgements).allSatisfy(prediction -> {
                if (prediction instanceof Scored scored) {
                    assertThat(scored.probability()).isBetween(0f, 1f);
                    assertThat(scored.quality().sigmaG()).isPositive();
                } else {
                    assertThat(prediction.abstention()).isPresent();
                }
            });
            return judgements;
        }
    }

    private static List<Stamp> stampsOf(Path file) {
        List<Stamp> stamps = new ArrayList<>();
        try (StampFile opened = StampFile.open(file)) {
            opened.forEach(stamps::add);
        }
        return stamps;
    }

    private static List<Path> stampFiles() throws IOException {
        try (Stream<Path> files = Files.list(RealData.folder("stamps"))) {
            return files.filter(file -> file.toString().endsWith(".npy"))
                    .sorted()
                    .toList();
        }
    }
}
