package dev.stampede.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.export.ModelExport;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.fit.LearningRateSchedule;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
    void exportsANetworkThatTakesFeaturesOrNone() throws IOException {
        Path data = Blobs.write(folder, 300, 300, 1);
        Blobs.writeLikelihoods(data, 300, new Random(2));
        Path file = folder.resolve("features.onnx");
        TrainingSettings settings = TrainingSettings.builder(Network.SIMPLE_BN)
                .fit(new FitSettings(5, 32, 2e-3, LearningRateSchedule.COSINE, 1))
                .features(List.of(CandidateFeature.LIKELIHOOD, CandidateFeature.SPEED))
                .build();
        LabelledStamps stamps = DataFolder.read(data);
        TrainingResult result = new TrainingPipeline(settings, TrainingListener.NONE).train(stamps, file);

        assertThat(result.maxDifference()).isLessThan(ModelExport.TOLERANCE);
        try (StampModel model = StampModel.open(ModelFile.read(file));
                StampPredictor predictor = model.newPredictor(2)) {
            assertThat(model.contract()).isEqualTo(result.contract());
            assertThat(model.contract().features().kinds()).isEqualTo(settings.features());
            assertThat(model.contract().goldenStamps())
                    .extracting(golden -> golden.stamp().features().has(CandidateFeature.LIKELIHOOD))
                    .contains(true, false);
            Stamp stamp = stamps.stamp(0);
            List<Prediction> predictions =
                    predictor.predict(List.of(stamp, stamp.withFeatures(CandidateFeatures.NONE)));
            assertThat(predictions.get(0)).isNotEqualTo(predictions.get(1));
        }
    }

    @Test
    void learnsFromATeacher() throws IOException {
        LabelledStamps stamps = DataFolder.read(Blobs.write(folder, 300, 300, 1));
        TrainingSettings.Builder settings = TrainingSettings.builder(Network.SIMPLE_BN)
                .fit(new FitSettings(2, 32, 2e-3, LearningRateSchedule.COSINE, 1));
        double alone = new TrainingPipeline(settings.build(), TrainingListener.NONE)
                .train(stamps, folder.resolve("alone.onnx"))
                .epochs()
                .get(1)
                .validationLoss();
        settings.teacher(ModelFile.shipped());
        double taught = new TrainingPipeline(settings.build(), TrainingListener.NONE)
                .train(stamps, folder.resolve("taught.onnx"))
                .epochs()
                .get(1)
                .validationLoss();
        assertThat(taught).isNotEqualTo(alone);
    }

    @Test
    void learnsOfOnePlaneFromATeacherThatTakesAnother() throws IOException {
        Blobs.writePairs(folder, 300, 1);
        TrainingSettings.Builder settings = TrainingSettings.builder(Network.SIMPLE_BN)
                .planes(List.of(Plane.MEDIAN, Plane.MEAN))
                .networkPlanes(List.of(Plane.MEAN))
                .fit(new FitSettings(1, 32, 2e-3, LearningRateSchedule.COSINE, 1));
        TrainingPipeline alone = new TrainingPipeline(settings.build(), TrainingListener.NONE);
        TrainingPipeline taught =
                new TrainingPipeline(settings.teacher(ModelFile.shipped()).build(), TrainingListener.NONE);

        TrainingResult result = taught.train(DataFolder.read(folder), folder.resolve("taught.onnx"));

        assertThat(result.contract().planes()).containsExactly(Plane.MEAN);
        assertThat(result.epochs().get(0).validationLoss())
                .isNotEqualTo(alone.train(DataFolder.read(folder), folder.resolve("alone.onnx"))
                        .epochs()
                        .get(0)
                        .validationLoss());
    }

    @Test
    void rejectsATeacherOfOtherStamps() {
        LabelledStamps stamps = DataFolder.read(Blobs.write(folder, 100, 100, 1));
        TrainingSettings settings = TrainingSettings.builder(Network.VGG6)
                .planes(List.of(Plane.MEAN))
                .teacher(ModelFile.shipped())
                .build();
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() ->
                        new TrainingPipeline(settings, TrainingListener.NONE).train(stamps, folder.resolve("m.onnx")))
                .withMessageContaining("The teacher, the shipped model vgg6, takes median of 21 pixels")
                .withMessageContaining("choose a teacher");
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
        TrainingSettings.Builder planes = TrainingSettings.builder(Network.VGG6).networkPlanes(List.of(Plane.MEAN));
        assertThatIllegalArgumentException()
                .isThrownBy(planes::build)
                .withMessageContaining("mean of stamps that have median");
    }
}
