package dev.stampede.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.Evidence;
import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Preprocessing;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.calibrate.ClassScores;
import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.fit.FitListener;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.fit.FittedNetwork;
import dev.stampede.training.fit.LearningRateSchedule;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

@Tag("slow")
class ModelExportTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aFileThatDiffersFromTheNetworkNeverAppears() throws IOException {
        Split split = split(600);
        FittedNetwork fit = fit(split, 5);
        Predictions test = ClassScores.of(fit.network(), split.test()).at(1);
        Path file = folder.resolve("m.onnx");

        ParityStamps right = ParityStamps.of(split.test(), test);
        assertThat(ModelExport.write(fit.network(), contract(right, 1), right, file))
                .isLessThan(ModelExport.TOLERANCE);
        Files.delete(file);

        // A calibration that is forgotten by one part in five hundred passes the golden check, not the parity.
        assertThatExceptionOfType(ExportException.class)
                .isThrownBy(() -> ModelExport.write(fit.network(), contract(right, 1.002), right, file))
                .withMessageContaining("differs from the network by");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("m.onnx"));
        }
    }

    @Test
    void rejectsParityStampsThatAreAllDecided() {
        Split split = split(40);
        FittedNetwork fit = fit(split, 1);
        // A low temperature makes every probability 0 or 1.
        Predictions test = ClassScores.of(fit.network(), split.test()).at(1e-6);
        ParityStamps sure = ParityStamps.of(split.test(), test);
        assertThatExceptionOfType(ExportException.class)
                .isThrownBy(
                        () -> ModelExport.write(fit.network(), contract(sure, 1e-6), sure, folder.resolve("m.onnx")))
                .withMessageContaining("too few to verify");
    }

    @Test
    void rejectsALayerWithoutAnOnnxForm() {
        ComputationGraph graph = graph(new LocalResponseNormalization());
        assertThatExceptionOfType(ExportException.class)
                .isThrownBy(() -> OnnxExport.of(graph, contract(Map.of(), 1, List.of(goldenStamp()))))
                .withMessageContaining("LocalResponseNormalization");
    }

    @Test
    void rejectsAnActivationWithoutAnOnnxForm() {
        FeedForwardLayer dense = new DenseLayer.Builder()
                .nIn(4)
                .nOut(4)
                .activation(Activation.TANH)
                .build();
        assertThatExceptionOfType(ExportException.class)
                .isThrownBy(() -> OnnxExport.of(graph(dense), contract(Map.of(), 1, List.of(goldenStamp()))))
                .withMessageContaining("activation");
    }

    private static ComputationGraph graph(Layer layer) {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs(Network.INPUT)
                .addLayer("middle", layer, Network.INPUT)
                .addLayer(
                        Network.OUTPUT, new OutputLayer.Builder().nIn(4).nOut(2).build(), "middle")
                .setOutputs(Network.OUTPUT)
                .build());
        graph.init();
        return graph;
    }

    private Split split(int each) {
        Examples examples = Examples.of(DataFolder.read(Blobs.write(folder, each, each, 1)), Recipe.ASINH_SNR);
        return Split.of(examples, Split.Fractions.STANDARD, 1);
    }

    private static FittedNetwork fit(Split split, int epochs) {
        FitSettings settings = new FitSettings(epochs, 32, 2e-3, LearningRateSchedule.COSINE, 1);
        return FittedNetwork.of(Network.VGG6, split, settings, FitListener.NONE);
    }

    private GoldenStamp goldenStamp() {
        return new GoldenStamp(split(30).test().source().stamp(0), 0.5f);
    }

    private static ModelContract contract(ParityStamps parityStamps, double temperature) {
        return contract(Map.of("accuracy", 0.9), temperature, parityStamps.golden());
    }

    /** Of a network of two classes without calibration. */
    static ModelContract contract(ParityStamps parityStamps) {
        return contract(parityStamps, 1);
    }

    private static ModelContract contract(Map<String, Double> metrics, double temperature, List<GoldenStamp> golden) {
        return new ModelContract(
                new ModelContract.Identity("m", "1", "vgg6"),
                new ModelContract.Input(List.of(Plane.MEDIAN), 21),
                Preprocessing.of(Recipe.ASINH_SNR),
                new ModelContract.Output(ModelContract.TWO_CLASSES, 0.5f, temperature),
                Domain.ofTraining(OptionalDouble.empty()),
                Evidence.ofTraining("0".repeat(64), metrics, golden));
    }
}
