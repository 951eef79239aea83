package dev.stampede.stamps.adopt;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.Evidence;
import dev.stampede.stamps.contract.MaskedPixels;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.contract.Preprocessing;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.score.ModelVerificationException;
import dev.stampede.stamps.score.ScoringException;
import dev.stampede.stamps.score.StampModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes a network from elsewhere in: compares it with published scores, and writes it as a verified model file. */
public final class Adoption {
    /** The rules for masked pixels that a search tries. */
    public static final List<MaskedPixels> USUAL_MASKED = Stream.of("zero:before", "zero:after", "median:before")
            .map(MaskedPixels::parse)
            .toList();

    /** The paddings that a search tries. */
    public static final List<Padding> USUAL_PADDINGS = Stream.of(
                    "corner:1e-9:after", "corner:0:after", "centred:0:after", "corner:0:before")
            .map(Padding::parse)
            .toList();

    private final AdoptedGraph graph;
    private final ModelContract.Identity identity;
    private final ModelContract.Input input;
    private final ModelContract.Output output;
    private final Domain domain;

    public Adoption(
            AdoptedGraph graph,
            ModelContract.Identity identity,
            ModelContract.Input input,
            ModelContract.Output output,
            Domain domain) {
        this.graph = graph;
        this.identity = identity;
        this.input = input;
        this.output = output;
        this.domain = domain;
    }

    /** A preprocessing and how well it reproduces the expected scores. */
    public record Candidate(Preprocessing preprocessing, GoldenComparison comparison) {}

    private ModelContract contract(Preprocessing preprocessing, Evidence evidence) {
        return new ModelContract(identity, input, preprocessing, output, domain, evidence);
    }

    /** Scores {@code golden} under {@code preprocessing}. */
    public GoldenComparison compare(Preprocessing preprocessing, List<GoldenScore> golden) {
        Evidence none = new Evidence("", Map.of(), false, List.of());
        return GoldenComparison.of(graph.model(), contract(preprocessing, none), golden);
    }

    /**
     * All recipes with each of {@code masked} and {@code paddings}, the best first: that with the smallest largest
     * difference.
     */
    public List<Candidate> search(
            List<GoldenScore> golden, float maxMaskedFraction, List<MaskedPixels> masked, List<Padding> paddings) {
        List<Candidate> candidates = new ArrayList<>();
        for (Recipe recipe : Recipe.values()) {
            for (MaskedPixels rule : masked) {
                for (Padding padding : paddings) {
                    tryOut(new Preprocessing(List.of(recipe), rule, maxMaskedFraction, padding), golden)
                            .ifPresent(candidates::add);
                }
            }
        }
        candidates.sort(Comparator.comparingDouble(candidate ->
                candidate.comparison().isWithin(1) ? candidate.comparison().largest() : Double.POSITIVE_INFINITY));
        return candidates;
    }

    /** Empty if the network computes no probability from such numbers, such as NaN. */
    private Optional<Candidate> tryOut(Preprocessing rules, List<GoldenScore> golden) {
        try {
            return Optional.of(new Candidate(rules, compare(rules, golden)));
        } catch (ScoringException notANumber) {
            return Optional.empty();
        }
    }

    /**
     * Writes {@code file}, which is verified as a scorer does: with synthetic point sources if the network finds them, and
     * with golden stamps.
     *
     * @return its contract
     * @throws ModelVerificationException if the verification fails
     * @throws IOException if the file cannot be written
     */
    public ModelContract write(Preprocessing preprocessing, GoldenComparison comparison, Path file) throws IOException {
        Map<String, Double> metrics = Map.of("largest_golden_difference", comparison.largest());
        for (boolean findsPointSources : new boolean[] {true, false}) {
            ModelContract contract = contract(
                    preprocessing, new Evidence("", metrics, findsPointSources, comparison.golden(input.stampSize())));
            byte[] model = graph.with(contract);
            try {
                StampModel.open(ModelFile.of(model, file.toString())).close();
            } catch (ModelVerificationException failed) {
                if (findsPointSources) {
                    continue; // verified by its golden stamps alone
                }
                throw failed;
            }
            AtomicFile.create(file, draft -> Files.write(draft, model));
            return contract;
        }
        throw new IllegalStateException("the second round returns or throws");
    }
}
