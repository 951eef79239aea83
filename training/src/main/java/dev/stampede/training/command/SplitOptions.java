package dev.stampede.training.command;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.training.dataset.Split;
import java.util.List;
import picocli.CommandLine.Option;

/** How labelled stamps are divided; a training and the evaluation of what it kept aside must say the same. */
final class SplitOptions {
    @Option(
            names = "--fractions",
            defaultValue = "0.7,0.1,0.2",
            split = ",",
            paramLabel = "SHARE",
            description = "Shares of the stamps to fit to, to validate with and to test on.")
    private List<Double> shares = List.of();

    /** What the option comes to; a wrong one is a {@link CommandFailure} that names it. */
    Split.Fractions fractions() {
        if (shares.size() != 3) {
            throw CommandFailure.usage(
                    "--fractions takes three shares, such as 0.7,0.1,0.2, not " + shares.size() + ".");
        }
        try {
            return new Split.Fractions(shares.get(0), shares.get(1), shares.get(2));
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage("--fractions: " + wrong.getMessage() + ".");
        }
    }
}
