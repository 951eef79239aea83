package dev.stampede.training.fit;

/**
 * How to fit a network.
 *
 * @param epochs passes over the stamps, at least 1
 * @param batchSize stamps per step, at least 1; more than there are means all
 * @param learningRate at the start, above 0
 * @param schedule how the learning rate goes on from there
 * @param seed of the weights, the order of the stamps, their symmetries and the dropout
 * @param optimiser what makes a step of a gradient
 * @param weightDecay the pull of each weight towards 0, at least 0
 * @param presentation how the stamps are shown
 * @param patience epochs without a lower validation loss after which the fit stops; 0 for never
 * @param threads that fit, at least 1; another count gives other weights
 */
public record FitSettings(
        int epochs,
        int batchSize,
        double learningRate,
        Schedule schedule,
        long seed,
        Optimiser optimiser,
        double weightDecay,
        Presentation presentation,
        int patience,
        int threads) {
    public FitSettings {
        if (epochs < 1 || batchSize < 1 || !(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("no fit has " + epochs + " epochs of batches of " + batchSize
                    + " at a learning rate of " + learningRate);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("no fit has " + threads + " threads");
        }
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY) || patience < 0) {
            throw new IllegalArgumentException(
                    "no fit has a weight decay of " + weightDecay + " and a patience of " + patience);
        }
    }

    /** With Adam, without decay, to the last epoch, on one thread. */
    public FitSettings(int epochs, int batchSize, double learningRate, Schedule schedule, long seed) {
        this(epochs, batchSize, learningRate, schedule, seed, Optimiser.ADAM, 0, Presentation.DEFAULT, 0, 1);
    }
}
