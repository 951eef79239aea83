/**
 * Layers that replace those of Deeplearning4j to make training faster.
 *
 * <p><b>Why they exist.</b> Deeplearning4j delegates convolutions to oneDNN, but has it copy each array to its own layout and
 * back, which takes longer than the convolution (docs/lab/2026-12-01-training-step.md). These layers call oneDNN directly, on
 * arrays that are channels last from one layer to the next.
 *
 * <p><b>Structure.</b> Each public class is the configuration of a layer or vertex; the class named {@code ...Layer} or
 * {@code ...Vertex} computes it with the primitives of oneDNN in the class named {@code ...Operations}. {@link ChannelsLast}
 * is the layout, {@link Operation} a primitive with its arguments.
 *
 * <p><b>Correctness.</b> In double precision and without oneDNN all layers use the code of Deeplearning4j. Tests compare
 * that with finite differences, and these layers with it.
 */
@NullMarked
package dev.stampede.training.network.layer;

import org.jspecify.annotations.NullMarked;
