package dev.stampede.training.export;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.score.ModelVerificationException;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Exports a fitted network as a model file, which is verified before it gets its final name. */
public final class ModelExport {
    /**
     * Maximum difference between the probabilities of the file and of the network. Correct exports differed by 1.6e-6 to
     * 3.1e-6, slightly wrong ones by 2.5e-4 or more.
     */
    public static final double TOLERANCE = 1e-5;

    /** Fewer undecided stamps cannot reveal a wrong export. */
    static final int MIN_UNDECIDED = 10;

    private ModelExport() {}

    /** The same without additional entries. */
    public static double write(ComputationGraph network, ModelContract contract, ParityStamps parityStamps, Path file)
            throws IOException {
        return write(network, contract, Map.of(), parityStamps, file);
    }

    /**
     * Writes {@code file} atomically, after verifying it as a scorer does and comparing it with {@code parityStamps}.
     *
     * @param entries metadata entries in addition to those of the contract, such as a reference population
     * @return the maximum difference between the probabilities of the file and of the network
     * @throws ExportException if the network cannot be written as ONNX or the file fails a check
     * @throws IOException if the file cannot be written
     */
    public static double write(
            ComputationGraph network,
            ModelContract contract,
            Map<String, String> entries,
            ParityStamps parityStamps,
            Path file)
            throws IOException {
        if (parityStamps.undecided() < MIN_UNDECIDED) {
            throw new ExportException(
                    "only " + parityStamps.undecided() + " test stamps have a probability between 0.01"
                            + " and 0.99, too few to verify the exported file; more or harder stamps are needed");
        }
        byte[] model = OnnxExport.of(network, contract, entries);
        return write(model, stampModel -> verify(stampModel, parityStamps), file);
    }

    /** Opens the temporary file, which verifies it, and runs {@code check} before the file gets its name. */
    static <T> T write(byte[] model, Function<StampModel, T> check, Path file) throws IOException {
        return AtomicFile.create(file, temporary -> {
            Files.write(temporary, model);
            return open(temporary, check);
        });
    }

    private static <T> T open(Path draft, Function<StampModel, T> check) {
        try (StampModel stampModel = StampModel.open(ModelFile.read(draft))) {
            return check.apply(stampModel);
        } catch (InvalidModelException | ModelVerificationException refused) {
            throw new ExportException("the exported file is invalid: " + refused.getMessage(), refused);
        }
    }

    private static double verify(StampModel stampModel, ParityStamps parityStamps) {
        try (StampPredictor predictor = stampModel.newPredictor(ParityStamps.FOR_PARITY)) {
            double difference = maxDifference(predictor, parityStamps.all());
            if (!(difference <= TOLERANCE)) {
                throw new ExportException(
                        "the exported file differs from the network by " + difference + ", more than " + TOLERANCE);
            }
            return difference;
        }
    }

    private static double maxDifference(StampPredictor predictor, List<GoldenStamp> parityStamps) {
        List<Prediction> predictions =
                predictor.predict(parityStamps.stream().map(GoldenStamp::stamp).toList());
        double max = 0;
        for (int i = 0; i < predictions.size(); i++) {
            if (!(predictions.get(i) instanceof Scored scored)) {
                throw new ExportException("the scorer abstains on a test stamp: " + predictions.get(i));
            }
            max = Math.max(
                    max, Math.abs(scored.probability() - parityStamps.get(i).probability()));
        }
        return max;
    }
}
