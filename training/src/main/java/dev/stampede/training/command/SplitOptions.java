package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.training.dataset.Split;
import java.util.List;
import picocli.CommandLine.Option;

/** The split of labelled stamps; the evaluation of a test set must repeat the options of the training. */
@OptionHeading("Stamps")
final class SplitOptions {
    @Option(
            names = "--fractions",
            defaultValue = "0.7,0.1,0.2",
            split = ",",
            paramLabel = "SHARE",
            description = "Fractions of the stamps for training, validation and test.")
    private List<Double> shares;

    /** The fractions; a wrong option is a {@link CommandException} that names it. */
    Split.Fractions fractions() {
        if (shares.size() != 3) {
            throw CommandException.usage(
                    "--fractions takes three values, such as 0.7,0.1,0.2, not " + shares.size() + ".");
        }
        try {
            return new Split.Fractions(shares.get(0), shares.get(1), shares.get(2));
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("--fractions: " + wrong.getMessage() + ".");
        }
    }
}
