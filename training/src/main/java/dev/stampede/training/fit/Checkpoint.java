package dev.stampede.training.fit;

import dev.stampede.stamps.file.AtomicFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state of a fit at the end of an epoch: weights, optimiser state, the best weights so far, the history and the number
 * of steps, followed by a CRC-32. The order of the stamps and the dropout are not stored, because they follow from the
 * seed.
 *
 * <p>Deeplearning4j's format is not used because it cannot store a custom learning-rate schedule.
 */
final class Checkpoint {
    /** Changes whenever the layout changes, or a resumed fit would give other weights. */
    private static final String FORMAT = "Stampede checkpoint 3";

    private Checkpoint() {}

    /** What the network itself does not hold. */
    record State(List<Epoch> epochs, INDArray best) {}

    /**
     * Writes {@code file} atomically.
     *
     * @param run identifies network, data and settings, which must be the same when it is read
     */
    static void write(Path file, String run, ComputationGraph graph, State state) throws IOException {
        AtomicFile.write(file, stream -> {
            CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(stream), new CRC32());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeUTF(FORMAT);
            out.writeUTF(run);
            out.writeInt(graph.getIterationCount());
            out.writeInt(graph.getEpochCount());
            writeEpochs(out, state.epochs());
            writeArray(out, graph.params());
            writeArray(out, state.best());
            writeArray(out, updaterState(graph));
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
        });
    }

    /**
     * Restores the state in {@code file} to {@code graph}, a new graph of the same network.
     *
     * @throws CheckpointException if the file belongs to another run, is truncated or damaged
     */
    static State read(Path file, String run, ComputationGraph graph) throws IOException {
        CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32());
        try (DataInputStream in = new DataInputStream(checked)) {
            require(
                    in.readUTF().equals(FORMAT),
                    file,
                    "was written by another version of Stampede; train again without --resume");
            String found = in.readUTF();
            require(found.equals(run), file, "belongs to another run: it is of " + found + "; this run is of " + run);
            int iterations = in.readInt();
            int epochCount = in.readInt();
            List<Epoch> epochs = readEpochs(in);
            INDArray weights = readArray(in, graph.params());
            INDArray best = readArray(in, graph.params());
            INDArray updaterState = readArray(in, updaterState(graph));
            long sum = checked.getChecksum().getValue();
            require(in.readLong() == sum, file, "is damaged: its checksum is wrong");
            graph.setParams(weights);
            updaterState(graph).assign(updaterState);
            graph.getConfiguration().setIterationCount(iterations);
            graph.getConfiguration().setEpochCount(epochCount);
            return new State(epochs, best);
        } catch (EOFException | UTFDataFormatException cut) {
            throw new CheckpointException("The checkpoint " + file + " is truncated or not a checkpoint", cut);
        }
    }

    private static void require(boolean holds, Path file, String otherwise) {
        if (!holds) {
            throw new CheckpointException("The checkpoint " + file + " " + otherwise, null);
        }
    }

    /** Empty for an optimiser without state. */
    private static INDArray updaterState(ComputationGraph graph) {
        INDArray state = graph.getUpdater(true).getStateViewArray();
        return state == null ? Nd4j.create(0) : state;
    }

    private static void writeEpochs(DataOutputStream out, List<Epoch> epochs) throws IOException {
        out.writeInt(epochs.size());
        for (Epoch epoch : epochs) {
            out.writeInt(epoch.number());
            out.writeDouble(epoch.fittingLoss());
            out.writeDouble(epoch.validationLoss());
            out.writeDouble(epoch.validationAccuracy());
            out.writeDouble(epoch.stampsPerSecond());
        }
    }

    private static List<Epoch> readEpochs(DataInputStream in) throws IOException {
        List<Epoch> epochs = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            epochs.add(new Epoch(in.readInt(), in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()));
        }
        return epochs;
    }

    private static void writeArray(DataOutputStream out, INDArray array) throws IOException {
        float[] values = array.isEmpty() ? new float[0] : array.data().asFloat();
        out.writeInt(values.length);
        for (float value : values) {
            out.writeInt(Float.floatToRawIntBits(value));
        }
    }

    /** An array of the shape of {@code like}. */
    private static INDArray readArray(DataInputStream in, INDArray like) throws IOException {
        int length = in.readInt();
        if (length != like.length()) {
            throw new CheckpointException(
                    "A checkpoint has " + length + " weights where the network has " + like.length(), null);
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = Float.intBitsToFloat(in.readInt());
        }
        return length == 0 ? like : Nd4j.create(values, like.shape(), like.ordering());
    }
}
