package dev.stampede.benchmarks.train;

import dev.stampede.training.dataset.Examples;
import dev.stampede.training.network.Network;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Another engine that trains the same networks. Only a build with the profile {@code pytorch} has one. */
public interface TrainingEngine {
    /** The networks that the engine has. */
    List<Network> networks();

    /** A new network of the same layers. */
    Trainer start(Task task);

    /** The engine of this build. */
    static Optional<TrainingEngine> find() {
        return ServiceLoader.load(TrainingEngine.class).findFirst();
    }

    /** Trains {@code network} on {@code examples} with Adam, from random weights, on so many threads. */
    record Task(Network network, Examples examples, double learningRate, int threads, long seed) {}

    /** A network in training; it uses memory outside the heap until it is closed. */
    interface Trainer extends AutoCloseable {
        /** Trains one step on the examples at {@code indices}; returns the mean log loss before it, nats. */
        double step(int[] indices);

        @Override
        void close();
    }
}
