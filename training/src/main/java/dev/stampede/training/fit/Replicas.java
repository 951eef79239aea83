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
 * Data-parallel training on several threads. A step splits its batch evenly over the replicas, which share their weights,
 * and sums the gradients of all parts in a fixed order. The same number of threads therefore gives the same weights, bit
 * for bit; another number gives other weights, because batch normalisation sees only the part of a replica.
 *
 * <p>Dropout is seeded in each step from seed, step and replica, so that a checkpoint need not store its state.
 */
public final class Replicas implements AutoCloseable {
    private final List<ComputationGraph> graphs = new ArrayList<>();
    private final ExecutorService threads;
    private final long seed;

    /**
     * Creates the replicas of {@code network}.
     *
     * @param count of threads, 1 or more; a batch of fewer stamps leaves some idle
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

    /** Reads a part of a batch; called by several threads at once. */
    @FunctionalInterface
    public interface BatchReader {
        /** The stamps of the batch from {@code from} to before {@code to}; the caller closes it. */
        StampBatch read(int from, int to);
    }

    /**
     * Makes one step with a batch of {@code size} stamps, of which each replica reads its part.
     *
     * @return the mean loss before the step, nats, including any regularisation penalty
     */
    public double step(int size, BatchReader batch) {
        ComputationGraph network = graphs.get(0);
        int step = network.getIterationCount();
        List<Part> parts = parts(size, batch, new SplittableRandom(seed + step));
        double loss = 0;
        for (Future<Double> score : scores(parts)) {
            loss += result(score);
        }
        parts.get(0).weightAverages();
        for (Part part : parts.subList(1, parts.size())) {
            part.weightAverages();
            network.getFlattenedGradients().addi(part.graph.getFlattenedGradients());
        }
        network.getUpdater()
                .update(network.gradient(), step, network.getEpochCount(), size, LayerWorkspaceMgr.noWorkspaces());
        network.params().subi(network.getFlattenedGradients().reshape(network.numParams()));
        network.getConfiguration().setIterationCount(step + 1);
        return loss;
    }

    private List<Part> parts(int size, BatchReader batch, SplittableRandom seeds) {
        List<Part> parts = new ArrayList<>();
        int count = Math.min(graphs.size(), size);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * size / count);
            int to = (int) ((i + 1L) * size / count);
            double share = (double) (to - from) / size;
            parts.add(new Part(graphs.get(i), () -> batch.read(from, to), share, seeds.nextLong()));
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

    /** Ends the threads; the network remains usable. */
    @Override
    public void close() {
        threads.shutdown();
    }

    /**
     * The work of one replica in a step. Its gradient is a sum over stamps.
     *
     * @param share the size of the part as a fraction of the batch
     */
    private record Part(ComputationGraph graph, Supplier<StampBatch> stamps, double share, long seed)
            implements Callable<Double> {
        @Override
        public Double call() {
            Nd4j.getRandom().setSeed(seed);
            try (StampBatch batch = stamps.get()) {
                graph.setInputs(batch.inputs());
                graph.setLabels(batch.labels());
                graph.computeGradientAndScore();
                graph.clearLayersStates();
            }
            return share * graph.score();
        }

        /** The running averages of batch normalisation are updated like gradients, but are means over stamps, not sums. */
        void weightAverages() {
            for (Layer layer : graph.getLayers()) {
                if (layer instanceof BatchNormalization) {
                    String name = layer.conf().getLayer().getLayerName() + "_";
                    weight(name + BatchNormalizationParamInitializer.GLOBAL_MEAN);
                    weight(name + BatchNormalizationParamInitializer.GLOBAL_VAR);
                }
            }
        }

        private void weight(String parameter) {
            INDArray average = graph.gradient().getGradientFor(parameter);
            average.muli(share);
        }
    }
}
