package dev.stampede.training.fit;

import dev.stampede.training.network.StampBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One network fitted by several threads. A step deals its batch out in even parts to as many replicas, which share their
 * weights; the gradients of all parts are added up, always in the same order, and make one step. So the same count of
 * threads gives the same weights, bit for bit. Another count gives others, and not by rounding alone: batch
 * normalisation is by the part that a replica sees.
 *
 * <p>Dropout draws anew in each step from seed, step and replica, so that nothing else has to be remembered.
 */
public final class Replicas implements AutoCloseable {
    private final List<ComputationGraph> graphs = new ArrayList<>();
    private final ExecutorService threads;
    private final long seed;

    /**
     * Takes {@code network} to be fitted.
     *
     * @param count of threads, at least 1; a batch of fewer stamps leaves the others idle
     * @param seed of the dropout
     */
    public Replicas(ComputationGraph network, int count, long seed) {
        this.seed = seed;
        graphs.add(network);
        network.initGradientsView();
        for (int i = 1; i < count; i++) {
            ComputationGraph replica =
                    new ComputationGraph(network.getConfiguration().clone());
            replica.init(network.params(), false);
            replica.initGradientsView();
            graphs.add(replica);
        }
        threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "fit");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Gathers a part of a batch; called by several threads at once. */
    @FunctionalInterface
    public interface Gathering {
        /** The stamps of the batch from {@code from} to before {@code to}; the caller closes it. */
        StampBatch gather(int from, int to);
    }

    /**
     * Fits one step to a batch of {@code size} stamps, of which each replica gathers its own part. Answers the mean loss
     * before, nats, with the penalty of any regularisation.
     */
    public double step(int size, Gathering batch) {
        ComputationGraph network = graphs.get(0);
        int step = network.getIterationCount();
        List<Part> parts = parts(size, batch, new SplittableRandom(seed + step));
        double loss = 0;
        for (Future<Double> score : scores(parts)) {
            loss += result(score);
        }
        parts.get(0).weighAverages();
        for (Part part : parts.subList(1, parts.size())) {
            part.weighAverages();
            network.getFlattenedGradients().addi(part.graph.getFlattenedGradients());
        }
        network.getUpdater()
                .update(network.gradient(), step, network.getEpochCount(), size, LayerWorkspaceMgr.noWorkspaces());
        network.params().subi(network.getFlattenedGradients().reshape(network.numParams()));
        network.getConfiguration().setIterationCount(step + 1);
        return loss;
    }

    private List<Part> parts(int size, Gathering batch, SplittableRandom seeds) {
        List<Part> parts = new ArrayList<>();
        int count = Math.min(graphs.size(), size);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * size / count);
            int to = (int) ((i + 1L) * size / count);
            double share = (double) (to - from) / size;
            parts.add(new Part(graphs.get(i), () -> batch.gather(from, to), share, seeds.nextLong()));
        }
        return parts;
    }

    private List<Future<Double>> scores(List<Part> parts) {
        try {
            return threads.invokeAll(parts);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the fit was interrupted", stop);
        }
    }

    private static double result(Future<Double> score) {
        try {
            return score.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the fit was interrupted", stop);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a thread of the fit failed: " + failure.getCause(), failure.getCause());
        }
    }

    /** Ends the threads; the network stays. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /**
     * What one replica does in a step. Its gradient is a sum over stamps.
     *
     * @param share of the batch that the part is
     */
    private record Part(ComputationGraph graph, Supplier<StampBatch> stamps, double share, long seed)
            implements Callable<Double> {
        @Override
        public Double call() {
            Nd4j.getRandom().setSeed(seed);
            try (StampBatch batch = stamps.get()) {
                graph.setInputs(batch.stamps());
                graph.setLabels(batch.labels());
                graph.computeGradientAndScore();
                graph.clearLayersStates();
            }
            return share * graph.score();
        }

        /** The averages of batch normalisation pose as gradients too, but are means over stamps, not sums. */
        void weighAverages() {
            for (Layer layer : graph.getLayers()) {
                if (layer instanceof BatchNormalization) {
                    String name = layer.conf().getLayer().getLayerName() + "_";
                    weigh(name + BatchNormalizationParamInitializer.GLOBAL_MEAN);
                    weigh(name + BatchNormalizationParamInitializer.GLOBAL_VAR);
                }
            }
        }

        private void weigh(String parameter) {
            INDArray average = graph.gradient().getGradientFor(parameter);
            average.muli(share);
        }
    }
}
