package dev.stampede.benchmarks.bench;

import dev.stampede.training.network.Network;
import java.util.Optional;
import java.util.ServiceLoader;

/** Another engine that fits the same networks. Only a build with the profile {@code pytorch} has one. */
interface FitPeer {
    /** Whether the network has a twin there. */
    boolean knows(Network network);

    /** A fresh network of the same layers. */
    Learner start(FitTask task);

    /** The one that is built in. */
    static Optional<FitPeer> find() {
        return ServiceLoader.load(FitPeer.class).findFirst();
    }
}
