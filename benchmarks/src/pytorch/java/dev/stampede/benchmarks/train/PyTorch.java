package dev.stampede.benchmarks.train;

import dev.stampede.training.network.Network;

/** PyTorch through the Deep Java Library. */
public final class PyTorch implements TrainingEngine {
    @Override
    public boolean supports(Network network) {
        return network == Network.VGG6;
    }

    @Override
    public TrainingEngine.Trainer start(TrainingEngine.Task task) {
        // The natives are on the class path, so nothing is downloaded and no usage is reported.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(task.threads()));
        return new PyTorchTrainer(task);
    }
}
