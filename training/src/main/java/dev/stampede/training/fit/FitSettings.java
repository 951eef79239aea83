package dev.stampede.training.fit;

/**
 * The hyperparameters of a fit.
 *
 * @param epochs passes over the stamps, 1 or more
 * @param batchSize stamps per step, 1 or more; a larger number than there are stamps means all of them
 * @param optimiser optimiser, learning rate and weight decay
 * @param sampling augmentation, balancing and label smoothing
 * @param maxEpochsWithoutImprovement early stopping: epochs without a lower validation loss after which the fit ends; 0
 *     disables it
 * @param threads that share each batch, 1 or more; another number gives other weights
 * @param seed of the initial weights, the order of the stamps, the augmentation and the dropout
 */
public record FitSettings(
        int epochs,
        int batchSize,
        OptimiserSettings optimiser,
        SamplingSettings sampling,
        int maxEpochsWithoutImprovement,
        int threads,
        long seed) {
    public FitSettings {
        require(epochs >= 1, "epochs", epochs);
        require(batchSize >= 1, "batchSize", batchSize);
        require(maxEpochsWithoutImprovement >= 0, "maxEpochsWithoutImprovement", maxEpochsWithoutImprovement);
        require(threads >= 1, "threads", threads);
    }

    /** Adam without weight decay, with augmentation, on one thread, without early stopping. */
    public FitSettings(int epochs, int batchSize, double learningRate, LearningRateSchedule schedule, long seed) {
        this(
                epochs,
                batchSize,
                new OptimiserSettings(Optimiser.ADAM, learningRate, schedule, 0),
                SamplingSettings.DEFAULT,
                0,
                1,
                seed);
    }

    private static void require(boolean holds, String name, int value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is out of range: " + value);
        }
    }
}
