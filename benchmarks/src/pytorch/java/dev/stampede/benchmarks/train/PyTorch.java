package dev.stampede.benchmarks.train;

import dev.stampede.training.network.Network;
import java.util.List;

/** PyTorch through the Deep Java Library. */
public final class PyTorch implements TrainingEngine {
    @Override
    public List<Network> networks() {
        return PyTorchNetworks.all();
    }

    @Override
    public TrainingEngine.Trainer start(TrainingEngine.Task task) {
        // The natives are on the class path, so nothing is downloaded and no usage is reported.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(task.threads()));
        return new PyTorchTrainer(task);
    }
}
