package dev.stampede.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.network.Network;
import dev.stampede.training.network.StampBatch;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;

@Tag("slow")
class ReplicasTest {
    private static final int STEPS = 3;
    private static final int BATCH = 31;

    @TempDir
    Path folder = Path.of("");

    private Examples examples;

    @BeforeEach
    void drawStamps() {
        examples = Examples.of(DataFolder.read(Blobs.write(folder, 60, 60, 1)), Recipe.ASINH_SNR);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Network.class,
            names = {"SIMPLE", "SIMPLE_BN", "RESNET14"})
    void oneReplicaMakesTheSameStepsAsTheEngineBitForBit(Network network) {
        ComputationGraph plain = create(network);
        double loss = 0;
        for (int step = 0; step < STEPS; step++) {
            try (StampBatch batch = stamps(step * BATCH, (step + 1) * BATCH)) {
                plain.fit(new INDArray[] {batch.inputs()[0]}, new INDArray[] {batch.labels()});
            }
            loss = plain.score();
        }
        Fitted fitted = fit(network, 1, BATCH);
        assertThat(fitted.graph.params()).isEqualTo(plain.params());
        assertThat(fitted.loss).isEqualTo(loss);
    }

    @Test
    void moreReplicasMakeTheSameStepsExceptForRounding() {
        Fitted one = fit(Network.SIMPLE, 1, BATCH);
        Fitted three = fit(Network.SIMPLE, 3, BATCH);
        assertThat(distance(three.graph, one.graph)).isLessThan(1e-6);
        assertThat(three.loss).isCloseTo(one.loss, offset(1e-6));
        assertThat(distance(one.graph, create(Network.SIMPLE))).isGreaterThan(1e-4); // it did step
    }

    @Test
    void fitsABatchOfFewerStampsThanReplicas() {
        assertThat(distance(fit(Network.SIMPLE, 3, 2).graph, fit(Network.SIMPLE, 1, 2).graph))
                .isLessThan(1e-6);
    }

    @Test
    void theSameReplicasGiveTheSameBitsWithDropout() {
        INDArray once = fit(Network.VGG6, 2, BATCH).graph.params();
        assertThat(fit(Network.VGG6, 2, BATCH).graph.params()).isEqualTo(once);
        assertThat(fit(Network.VGG6, 1, BATCH).graph.params()).isNotEqualTo(once);
    }

    @Test
    void runningAveragesMoveByTheMeanOfTheParts() {
        // The first layer is not yet fitted, so each half moves its averages as it would alone.
        INDArray both = averages(fit(Network.SIMPLE_BN, 2, 20, 1).graph);
        INDArray fresh = averages(create(Network.SIMPLE_BN));
        INDArray first = averages(fitPart(0, 10));
        INDArray second = averages(fitPart(10, 20));
        assertThat(both.distance2(first.add(second).divi(2))).isLessThan(1e-6);
        assertThat(both.distance2(fresh)).isGreaterThan(1e-3);
    }

    private record Fitted(ComputationGraph graph, double loss) {}

    private Fitted fit(Network network, int replicas, int batchSize) {
        return fit(network, replicas, batchSize, STEPS);
    }

    private Fitted fit(Network network, int replicas, int batchSize, int steps) {
        ComputationGraph graph = create(network);
        double loss = 0;
        try (Replicas fitted = new Replicas(graph, replicas, 5)) {
            for (int step = 0; step < steps; step++) {
                int first = step * batchSize;
                loss = fitted.step(batchSize, (from, to) -> stamps(first + from, first + to));
            }
        }
        return new Fitted(graph, loss);
    }

    private ComputationGraph fitPart(int from, int to) {
        ComputationGraph graph = create(Network.SIMPLE_BN);
        try (Replicas fitted = new Replicas(graph, 1, 5)) {
            fitted.step(to - from, (first, last) -> stamps(from + first, from + last));
        }
        return graph;
    }

    private static INDArray averages(ComputationGraph graph) {
        String layer = graph.paramTable().keySet().stream()
                .filter(name -> name.endsWith("_mean"))
                .findFirst()
                .orElseThrow();
        return graph.getParam(layer).dup();
    }

    private ComputationGraph create(Network network) {
        return network.create(examples.shape(), examples.classes().size(), new Sgd(0.05), 7);
    }

    private StampBatch stamps(int from, int to) {
        return StampBatch.of(examples, IntStream.range(from, to).toArray());
    }

    private static double distance(ComputationGraph one, ComputationGraph other) {
        return one.params().distance2(other.params());
    }
}
