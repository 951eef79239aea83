package dev.stampede.training.fit;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.training.dataset.FeatureMask;
import java.util.BitSet;

/**
 * The features that are hidden at random in one step, so that the network learns to do without them. Drawn from seed and step, so
 * that a checkpoint need not store the state.
 */
final class RandomMask implements FeatureMask {
    /** The share of stamps whose features are all hidden, as for an alert without any. */
    private static final double ALL = 0.15;
    /** The share of the other stamps that lack a feature, for each feature. */
    private static final double EACH = 0.1;

    /** The purpose of the stream of random numbers: "MASK" in ASCII. */
    private static final long PURPOSE = 0x4D41534BL;

    private final BitSet hidden = new BitSet();
    private final int features;

    /** Draws the mask of {@code size} stamps. */
    RandomMask(long seed, int step, int size, int features) {
        this.features = features;
        RandomStream random = RandomStream.of(seed, step, PURPOSE);
        for (int stamp = 0; stamp < size; stamp++) {
            boolean hidesAll = random.chance(ALL);
            for (int feature = 0; feature < features; feature++) {
                boolean hides = random.chance(EACH);
                hidden.set(stamp * features + feature, hidesAll || hides);
            }
        }
    }

    @Override
    public boolean hides(int position, int feature) {
        return hidden.get(position * features + feature);
    }
}
