package dev.stampede.benchmarks.train;

import dev.stampede.training.dataset.Examples;
import dev.stampede.training.fit.Replicas;
import dev.stampede.training.network.StampBatch;
import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.Adam;

/** Trains as {@code ./stampede train} does. */
final class StampedeTrainer implements TrainingEngine.Trainer {
    private final Examples examples;
    private final ComputationGraph graph;
    private final Replicas replicas;

    StampedeTrainer(TrainingEngine.Task task) {
        examples = task.examples();
        graph = task.network()
                .create(examples.shape(), examples.classes().size(), new Adam(task.learningRate()), task.seed());
        replicas = new Replicas(graph, task.threads(), task.seed());
    }

    @Override
    public double step(int[] indices) {
        return replicas.step(
                indices.length, (from, to) -> StampBatch.of(examples, Arrays.copyOfRange(indices, from, to)));
    }

    @Override
    public void close() {
        replicas.close();
        graph.close();
    }
}
