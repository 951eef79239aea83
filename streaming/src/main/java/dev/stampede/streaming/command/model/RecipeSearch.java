package dev.stampede.streaming.command.model;

import dev.stampede.commandline.TextTable;
import dev.stampede.stamps.adopt.Adoption;
import dev.stampede.stamps.contract.Preprocessing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The result of a search for the preprocessing of a network.
 *
 * @param candidates one or more, the best first
 */
record RecipeSearch(List<Adoption.Candidate> candidates) {
    /** The option that names the rule for masked pixels. */
    static final String MASKED = "--masked";

    /** The option that names the padding. */
    static final String PAD = "--pad";

    private static final int SHOWN = 10;
    private static final List<String> HEADER = List.of("recipe", "masked", "padding", "largest difference", "median");

    RecipeSearch {
        candidates = List.copyOf(candidates);
    }

    Adoption.Candidate best() {
        return candidates.get(0);
    }

    /** The lines of a table of the best candidates. */
    List<String> table() {
        return TextTable.lines(
                HEADER, candidates.stream().limit(SHOWN).map(RecipeSearch::row).toList());
    }

    private static List<String> row(Adoption.Candidate candidate) {
        Preprocessing rules = candidate.preprocessing();
        return List.of(
                rules.recipeName(),
                rules.masked().toString(),
                rules.padding().toString(),
                String.format(Locale.ROOT, "%.2e", candidate.comparison().largest()),
                String.format(Locale.ROOT, "%.2e", candidate.comparison().median()));
    }

    /** A sentence about the rules in which candidates of the best recipe differ that compute the same scores as the best. */
    Optional<String> undetermined() {
        boolean masked = differ(Preprocessing::masked);
        boolean padding = differ(Preprocessing::padding);
        if (masked && padding) {
            return Optional.of(
                    "The rules for masked pixels and padding are not determined by these stamps; include stamps"
                            + " with masked pixels and smaller ones, or set " + MASKED + " and " + PAD + ".");
        }
        if (masked) {
            return Optional.of(
                    "The rule for masked pixels is not determined by these stamps; include stamps with masked"
                            + " pixels, or set " + MASKED + ".");
        }
        return padding
                ? Optional.of(
                        "The padding is not determined by these stamps; include smaller ones, or set " + PAD + ".")
                : Optional.empty();
    }

    private boolean differ(Function<Preprocessing, Object> rule) {
        return candidates.stream()
                        .filter(candidate -> candidate.comparison().equals(best().comparison()))
                        .map(Adoption.Candidate::preprocessing)
                        .filter(rules ->
                                rules.recipes().equals(best().preprocessing().recipes()))
                        .map(rule)
                        .distinct()
                        .count()
                > 1;
    }
}
