package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * The first network of the deep-learning chapter of astroML: two dense layers of 30 units over the last axis, which is the
 * channels, so that they apply to each pixel separately; then one dense layer over all pixels. The text of the chapter has
 * batch normalisation after the two layers, its code has not; both variants are here.
 *
 * <p>For one channel of 21x21 pixels: 1 x 30 + 30 = 60, 30 x 30 + 30 = 930 and 30 x 441 x 2 + 2 = 26,462 parameters,
 * together 27,452; the normalisations add 2 x 4 x 30 = 240, together 27,692.
 *
 * @param units of each of the two layers
 * @param normalised whether batch normalisation follows each
 */
record Simple(int units, boolean normalised) implements Architecture {
    @Override
    public int smallestSize() {
        return 1;
    }

    @Override
    public void addTo(GraphBuilder graph, StampShape input, int classes) {
        LayerChain chain = LayerChain.atInput(graph, input);
        for (int number = 1; number <= 2; number++) {
            chain.denseByPixel("dense" + number, units);
            if (normalised) {
                chain.batchNorm("norm" + number);
            }
        }
        chain.classes(classes);
    }
}
