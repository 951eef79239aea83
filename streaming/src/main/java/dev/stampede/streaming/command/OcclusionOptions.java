package dev.stampede.streaming.command;

import dev.stampede.stamps.explain.Fill;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.explain.OcclusionSettings.Definition;
import dev.stampede.stamps.explain.OcclusionSettings.Search;
import dev.stampede.stamps.terminal.CommandFailure;
import picocli.CommandLine.Option;

/** The options that say how stamps are occluded. */
final class OcclusionOptions {
    @Option(
            names = "--patch",
            defaultValue = "5",
            paramLabel = "PIXELS",
            description = "Side of the patch that hides pixels (default ${DEFAULT-VALUE}).")
    private int patch;

    @Option(
            names = "--stride",
            defaultValue = "1",
            paramLabel = "PIXELS",
            description = "Step between patches, 1 to the patch (default ${DEFAULT-VALUE}).")
    private int stride;

    @Option(
            names = "--fill",
            defaultValue = "MEDIAN",
            description = "What hides the pixels: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Fill fill;

    @Option(names = "--seed", defaultValue = "1", description = "Of the fill noise: the same seed, the same map.")
    private long seed;

    @Option(
            names = "--refined",
            description = "Ask the model only where the score may move: about three times as fast, and an"
                    + " approximation; docs/explanations.md tells how good.")
    private boolean refined;

    @Option(
            names = "--notebook",
            description = "The map of the astroML chapter, upright: 0 put in, 1 - P(real). Takes --patch only.")
    private boolean notebook;

    OcclusionSettings settings() {
        try {
            return new OcclusionSettings(
                    patch,
                    stride,
                    notebook ? Fill.ZERO : fill,
                    seed,
                    notebook ? Definition.NOTEBOOK : Definition.DROP,
                    refined ? Search.REFINED : Search.EXHAUSTIVE);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.usage("These settings make no map: " + wrong.getMessage() + ".");
        }
    }
}
