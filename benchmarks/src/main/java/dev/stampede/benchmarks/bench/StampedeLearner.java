package dev.stampede.benchmarks.bench;

import dev.stampede.training.dataset.Examples;
import dev.stampede.training.network.StampBatch;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** A network that learns as {@code ./stampede train} lets it. */
final class StampedeLearner implements Learner {
    private final Examples examples;
    private final ComputationGraph graph;

    StampedeLearner(FitTask task) {
        examples = task.examples();
        Nd4j.getRandom().setSeed(task.seed());
        graph = task.network()
                .create(examples.shape(), examples.classes().size(), new Adam(task.learningRate()), task.seed());
    }

    @Override
    public double step(int[] indices) {
        try (StampBatch batch = StampBatch.of(examples, indices)) {
            graph.fit(new INDArray[] {batch.stamps()}, new INDArray[] {batch.labels()});
        }
        return graph.score();
    }

    @Override
    public void close() {
        graph.close();
    }
}
