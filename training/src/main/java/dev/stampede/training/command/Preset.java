package dev.stampede.training.command;

import dev.stampede.training.fit.Optimiser;
import dev.stampede.training.fit.Schedule;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** Named settings for {@code train}. */
enum Preset {
    /**
     * Those of the deep-learning chapter of astroML: plain gradient descent with Keras' learning rate on stamps divided
     * by their sum, whose pixels are near 1/441. Each network has the epochs and the batches the chapter gives it.
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
                    Schedule.CONSTANT,
                    "--without-augmentation",
                    true));
            options.put("--epochs", network.equals("simple") ? 1 : network.equals("simple-bn") ? 20 : 15);
            options.put("--batch-size", network.equals("simple") ? 1 : network.equals("simple-bn") ? 256 : 1024);
            return options;
        }
    };

    /** Values by option, for that network. */
    abstract Map<String, Object> options(String network);

    /** Sets the options of {@code command} that the user has not given. */
    void applyTo(CommandSpec command, String network) {
        options(network).forEach((name, value) -> {
            if (!command.commandLine().getParseResult().hasMatchedOption(name)) {
                command.findOption(name).setValue(value);
            }
        });
    }
}
