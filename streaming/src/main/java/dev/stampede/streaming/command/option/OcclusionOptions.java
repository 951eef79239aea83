package dev.stampede.streaming.command.option;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.explain.Fill;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.explain.OcclusionSettings.Definition;
import dev.stampede.stamps.explain.OcclusionSettings.Search;
import picocli.CommandLine.Option;

/** The settings of occlusion maps. */
@OptionHeading("Occlusion map")
public final class OcclusionOptions {
    @Option(names = "--patch", defaultValue = "5", paramLabel = "PIXELS", description = "Side of the occluding patch.")
    private int patch;

    @Option(
            names = "--stride",
            defaultValue = "1",
            paramLabel = "PIXELS",
            description = "Step between patches, 1 to the patch size.")
    private int stride;

    @Option(
            names = "--fill",
            paramLabel = "FILL",
            defaultValue = "MEDIAN",
            description = "Value of the occluded pixels: ${COMPLETION-CANDIDATES}.")
    private Fill fill;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Random seed of the fill noise.")
    private long seed;

    @Option(
            names = "--refined",
            description =
                    "Score only the patches that may change the result: an approximation, two to three times as fast"
                            + " (docs/explanation/explanations.md).")
    private boolean refined;

    @Option(
            names = "--notebook",
            description = "The map of the astroML book: fill 0, value 1 - P(real). Uses only --patch.")
    private boolean notebook;

    public OcclusionSettings settings() {
        try {
            return new OcclusionSettings(
                    patch,
                    stride,
                    notebook ? Fill.ZERO : fill,
                    seed,
                    notebook ? Definition.NOTEBOOK : Definition.DROP,
                    refined ? Search.REFINED : Search.EXHAUSTIVE);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("Invalid occlusion settings: " + wrong.getMessage() + ".");
        }
    }
}
