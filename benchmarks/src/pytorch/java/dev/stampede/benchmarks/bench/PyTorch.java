package dev.stampede.benchmarks.bench;

import dev.stampede.training.network.Network;

/** PyTorch through the Deep Java Library. */
public final class PyTorch implements FitPeer {
    @Override
    public boolean knows(Network network) {
        return network == Network.VGG6;
    }

    @Override
    public Learner start(FitTask task) {
        // Nothing is fetched, and nobody is told; the natives are on the class path.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(task.threads()));
        return new PyTorchLearner(task);
    }
}
