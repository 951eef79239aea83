/**
 * Layers that replace those of Deeplearning4j to make training faster.
 *
 * <p><b>Why they exist.</b> Deeplearning4j delegates convolutions to oneDNN, but spends much of a training step elsewhere.
 * Profiling a step of batches of 1,024 on one thread found (docs/lab/2026-11-25-training-step.md):
 *
 * <table>
 * <caption>Share of a step before, by network</caption>
 * <tr><th>cost</th><th>vgg6</th><th>resnet14</th><th>replaced by</th></tr>
 * <tr><td>batch normalisation</td><td>3 %</td><td>46 %</td><td>{@link FusedBatchNorm}: vectorised Java loops, with the
 * following ReLU in the same pass</td></tr>
 * <tr><td>forward convolutions repeated in backpropagation</td><td>12 %</td><td>10 %</td><td>{@link FastConvolution}, which
 * keeps its activations</td></tr>
 * <tr><td>gradient of ReLU</td><td>9 %</td><td>6 %</td><td>{@link FusedRelu}: one pass over memory</td></tr>
 * <tr><td>gradient of the input of the network</td><td>20 %</td><td>4 %</td><td>{@link FastConvolution}, which does not
 * compute it in the first layer</td></tr>
 * <tr><td>CPU time of a step, after / before</td><td>0.77</td><td>0.52</td><td></td></tr>
 * </table>
 *
 * <p><b>Structure.</b> Each public class is the configuration of a layer; the class named {@code ...Layer} computes it. The
 * arithmetic is in {@link BatchNorm}, {@link BatchStatistics}, {@link ChannelSums} and {@link VectorLoops}, over rows that
 * {@link HeapRows} copies from native memory.
 *
 * <p><b>Correctness.</b> In double precision and without oneDNN all layers use the code of Deeplearning4j. Tests compare
 * that with finite differences, and these layers with it.
 */
@NullMarked
package dev.stampede.training.network.layer;

import org.jspecify.annotations.NullMarked;
