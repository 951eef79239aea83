package dev.stampede.training.command;

import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.fit.LearningRateSchedule;
import dev.stampede.training.network.Network;
import dev.stampede.training.pipeline.TrainingListener;
import dev.stampede.training.pipeline.TrainingPipeline;
import dev.stampede.training.pipeline.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;

/** A training that blocks after the first batch of its second epoch, to be killed there. */
final class BlockingTraining {
    /** Printed when the training blocks. */
    static final String IN_SECOND_EPOCH = "in the second epoch";

    private BlockingTraining() {}

    /** Trains on the data of the first argument and writes the model of the second. */
    public static void main(String[] arguments) throws IOException {
        TrainingSettings settings = TrainingSettings.builder(Network.VGG6)
                .fit(new FitSettings(4, 32, 2e-3, LearningRateSchedule.COSINE, 1))
                .modelName("m")
                .build();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void batchFitted(int stamps, int epoch, double loss) {
                if (epoch == 2) {
                    System.out.println(IN_SECOND_EPOCH);
                    block();
                }
            }
        };
        new TrainingPipeline(settings, listener).train(DataFolder.read(Path.of(arguments[0])), Path.of(arguments[1]));
    }

    private static void block() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
