package dev.stampede.training.export;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Judge;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Judgement.Scored;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.score.UnprovenModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Makes a model file of a fitted network, and proves it before it appears under its name. */
public final class ModelExport {
    /**
     * How far the file may be from the network. Right exports were seen to differ by 1.6e-6 to 3.1e-6, subtly wrong ones
     * by 2.5e-4 and more.
     */
    public static final double TOLERANCE = 1e-5;

    /** Fewer undecided stamps than this cannot show a wrong export. */
    static final int LEAST_UNDECIDED = 10;

    private ModelExport() {}

    /** The same without further entries. */
    public static double write(ComputationGraph network, ModelContract contract, Witnesses witnesses, Path file)
            throws IOException {
        return write(network, contract, Map.of(), witnesses, file);
    }

    /**
     * Writes {@code file}: first beside it under another name, then proven as a scorer proves it and held against
     * {@code witnesses}, then moved at once.
     *
     * @param entries of the file's metadata beside those of the contract, such as a reference population
     * @return the greatest difference between the file's and the network's probabilities
     * @throws ExportException if the network cannot be written as ONNX or the file fails a check
     * @throws IOException if the file cannot be written
     */
    public static double write(
            ComputationGraph network,
            ModelContract contract,
            Map<String, String> entries,
            Witnesses witnesses,
            Path file)
            throws IOException {
        if (witnesses.undecided() < LEAST_UNDECIDED) {
            throw new ExportException("only " + witnesses.undecided() + " test stamps have a probability between 0.01"
                    + " and 0.99, too few to prove the exported file; more or harder stamps are needed");
        }
        byte[] model = OnnxExport.of(network, contract, entries);
        return write(model, classifier -> prove(classifier, witnesses), file);
    }

    /** Writes {@code model} so: the draft is opened, which proves it, then {@code check} may refuse it. */
    static <T> T write(byte[] model, Function<StampClassifier, T> check, Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(draft, model);
            T checked = open(draft, check);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return checked;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static <T> T open(Path draft, Function<StampClassifier, T> check) {
        try (StampClassifier classifier = StampClassifier.open(ModelFile.read(draft))) {
            return check.apply(classifier);
        } catch (InvalidModelException | UnprovenModelException refused) {
            throw new ExportException("the exported file is refused: " + refused.getMessage(), refused);
        }
    }

    private static double prove(StampClassifier classifier, Witnesses witnesses) {
        try (Judge judge = classifier.newJudge(Witnesses.FOR_PARITY)) {
            double difference = greatestDifference(judge, witnesses.all());
            if (!(difference <= TOLERANCE)) {
                throw new ExportException(
                        "the exported file differs from the network by " + difference + ", more than " + TOLERANCE);
            }
            return difference;
        }
    }

    private static double greatestDifference(Judge judge, List<GoldenStamp> witnesses) {
        List<Judgement> judgements =
                judge.judge(witnesses.stream().map(GoldenStamp::stamp).toList());
        double greatest = 0;
        for (int i = 0; i < judgements.size(); i++) {
            if (!(judgements.get(i) instanceof Scored scored)) {
                throw new ExportException("the scorer abstains on a stamp that was fitted: " + judgements.get(i));
            }
            greatest = Math.max(
                    greatest, Math.abs(scored.probability() - witnesses.get(i).probability()));
        }
        return greatest;
    }
}
