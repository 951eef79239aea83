package dev.stampede.training.command;

import dev.stampede.training.fit.LearningRateSchedule;
import dev.stampede.training.fit.Optimiser;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** Published settings for {@code train}. */
enum Preset {
    /**
     * The deep-learning chapter of astroML: stochastic gradient descent with the default learning rate of Keras on stamps
     * divided by their sum, whose pixels are near 1/441, with the epochs and batch sizes of the chapter.
     */
    ASTROML {
        @Override
        Map<String, Object> options(String network) {
            Map<String, Object> options = new TreeMap<>(Map.of(
                    "--recipe",
                    "sigmag-unit-sum",
                    "--optimiser",
                    Optimiser.SGD,
                    "--learning-rate",
                    0.01,
                    "--schedule",
                    LearningRateSchedule.CONSTANT,
                    "--without-augmentation",
                    true));
            options.put("--epochs", network.equals("simple") ? 1 : network.equals("simple-bn") ? 20 : 15);
            options.put("--batch-size", network.equals("simple") ? 1 : network.equals("simple-bn") ? 256 : 1024);
            return options;
        }
    };

    /** The values of the options for a network. */
    abstract Map<String, Object> options(String network);

    /** Sets the options of {@code command} that the user did not set. */
    void applyTo(CommandSpec command, String network) {
        options(network).forEach((name, value) -> {
            if (!command.commandLine().getParseResult().hasMatchedOption(name)) {
                command.findOption(name).setValue(value);
            }
        });
    }
}
