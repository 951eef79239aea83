package dev.stampede.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.export.ModelExport;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.fit.LearningRateSchedule;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TrainingPipelineTest {
    @TempDir
    Path folder = Path.of("");

    /** The example in the package documentation. */
    @Test
    void trainsWithoutTheCommandLine() throws IOException {
        Path data = Blobs.write(folder, 300, 300, 1);
        Path file = folder.resolve("survey-simple.onnx");

        TrainingSettings settings = TrainingSettings.builder(Network.SIMPLE_BN)
                .fit(new FitSettings(5, 32, 2e-3, LearningRateSchedule.COSINE, 1))
                .modelName("survey-simple")
                .build();
        TrainingPipeline pipeline = new TrainingPipeline(settings, TrainingListener.NONE);
        TrainingResult result = pipeline.train(DataFolder.read(data), file);

        assertThat(result.epochs()).hasSize(5);
        assertThat(result.maxDifference()).isLessThan(ModelExport.TOLERANCE);
        try (StampModel model = StampModel.open(ModelFile.read(file))) {
            assertThat(model.contract().modelName()).isEqualTo("survey-simple");
            assertThat(model.contract().metrics()).isEqualTo(result.contract().metrics());
        }
    }

    @Test
    void rejectsStampsThatDoNotFitTheSettings() {
        Path data = Blobs.write(folder, 5, 5, 1);
        TrainingSettings settings = TrainingSettings.builder(Network.VGG6)
                .planes(List.of(Plane.MEDIAN, Plane.MEAN))
                .build();
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> new TrainingPipeline(settings, TrainingListener.NONE)
                        .train(DataFolder.read(data), folder.resolve("m.onnx")))
                .withMessageContaining("1x21x21")
                .withMessageContaining("2 planes");
    }

    @Test
    void rejectsInvalidSettings() {
        TrainingSettings.Builder settings = TrainingSettings.builder(Network.VGG6);
        assertThatIllegalArgumentException().isThrownBy(() -> settings.maxFalsePositiveRate(1));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.pixelScaleArcsec(0));
    }
}
