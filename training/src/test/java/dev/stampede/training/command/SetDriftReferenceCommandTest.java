package dev.stampede.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.population.Feature;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.dataset.Blobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SetDriftReferenceCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aCopyHasTheReferenceAndThePredictionsOfBefore() {
        Path once = folder.resolve("once.onnx");
        assertThat(reference("vgg6", 120, once).exitCode()).isZero();
        try (StampModel before = StampModel.open(ModelFile.shipped());
                StampModel after = StampModel.open(ModelFile.read(once))) {
            assertThat(after.reference().orElseThrow().features()).containsOnlyKeys(Feature.values());
            assertThat(after.contract())
                    .usingRecursiveComparison()
                    .ignoringFields("identity.version")
                    .isEqualTo(before.contract());
            assertThat(after.contract().modelVersion()).isEqualTo("1-reference");
            assertThat(predict(after)).hasToString(predict(before).toString());
        }
        // A second reference takes the place of the first.
        Path twice = folder.resolve("twice.onnx");
        assertThat(reference(once.toString(), 150, twice).exitCode()).isZero();
        try (StampModel other = StampModel.open(ModelFile.read(twice));
                StampModel after = StampModel.open(ModelFile.read(once))) {
            assertThat(other.reference()).isPresent().isNotEqualTo(after.reference());
        }
    }

    @Test
    void rejectsTooFewStamps() {
        CommandCall call = reference("vgg6", 20, folder.resolve("m.onnx"));
        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains("too few: 50 of each class");
        assertThat(folder.resolve("m.onnx")).doesNotExist();
    }

    private CommandCall reference(String model, int each, Path out) {
        Path data = Blobs.write(folder, each, each, each);
        return CommandCall.of(
                "set-drift-reference", "--model", model, "--data", data.toString(), "--out", out.toString());
    }

    private static List<Prediction> predict(StampModel classifier) {
        try (StampPredictor predictor = classifier.newPredictor(1)) {
            return predictor.predict(List.of(Stamp.of(1, 21, 21, Blobs.stamp(new Random(1), 3, 10, 10))));
        }
    }
}
