package dev.stampede.training.fit;

/**
 * How to fit a network.
 *
 * @param epochs passes over the stamps, at least 1
 * @param batchSize stamps per step, at least 2
 * @param learningRate of Adam at the start, above 0
 * @param schedule how the learning rate goes on from there
 * @param seed of the weights, the order of the stamps, their symmetries and the dropout
 */
public record FitSettings(int epochs, int batchSize, double learningRate, Schedule schedule, long seed) {
    public FitSettings {
        if (epochs < 1 || batchSize < 2 || !(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("no fit has " + epochs + " epochs of batches of " + batchSize
                    + " at a learning rate of " + learningRate);
        }
    }
}
