package dev.stampede.stamps.normalise;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A named normalisation. The name is stored in every model file, so that serving uses the normalisation of training. A new
 * recipe is one {@link Normaliser} and one line here.
 */
public enum Recipe {
    /** The recipe of the astroML chapter, kept for comparison with published networks; its values are near 1/441. */
    SIGMAG_UNIT_SUM("sigmag-unit-sum", false, (rows, columns) -> new SigmaGUnitSumNormaliser(rows * columns)),
    /** Sigma-clipped signal-to-noise, compressed by asinh(x / 5). The default of training. */
    ASINH_SNR("asinh-snr", false, (rows, columns) -> new AsinhSnrNormaliser(rows * columns)),
    /** Divided by the Euclidean norm of the image, as of newer versions of braai and of ACAI. */
    L2_IMAGE("l2-image", false, L2Normaliser::ofImage),
    /** Each row divided by its Euclidean norm, as of braai up to d6_m7. */
    L2_ROW("l2-row", false, L2Normaliser::ofRows),
    /** Mean 0 and standard deviation 1 in each image. */
    Z_SCORE_IMAGE("z-score-image", false, ZScoreNormaliser::new),
    /** Mean 0 and standard deviation 1 over all planes together. */
    Z_SCORE_ALL("z-score-all", true, ZScoreNormaliser::new),
    /** From 0 to 1 in each image. */
    MIN_MAX("min-max", false, MinMaxNormaliser::new),
    /** Median 0 and median absolute deviation 0.6745 in each image. */
    MEDIAN_MAD("median-mad", false, MedianMadNormaliser::new),
    /** The pixels as they are, for networks that normalise themselves. */
    NONE("none", false, UnchangedPixels::new);

    private final String recipeName;
    private final boolean joint;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor, without state
    private final Factory factory;

    /** Makes a normaliser for images of that size. */
    private interface Factory {
        Normaliser make(int rows, int columns);
    }

    Recipe(String recipeName, boolean joint, Factory factory) {
        this.recipeName = recipeName;
        this.joint = joint;
        this.factory = factory;
    }

    /** The name in model files, settings and classifications. */
    public String recipeName() {
        return recipeName;
    }

    /** Whether its statistics are those of all planes together. */
    public boolean isJoint() {
        return joint;
    }

    /** The recipe of that name; empty if unknown. */
    public static Optional<Recipe> named(String recipeName) {
        return Arrays.stream(values())
                .filter(recipe -> recipe.recipeName.equals(recipeName))
                .findAny();
    }

    /** The names of all recipes, joined by commas. */
    public static String names() {
        return Arrays.stream(values()).map(Recipe::recipeName).collect(Collectors.joining(", "));
    }

    /**
     * A normaliser for images of {@code rows x columns} pixels; for a {@link #isJoint joint} recipe, the rows of all planes
     * together.
     */
    public Normaliser newNormaliser(int rows, int columns) {
        return factory.make(rows, columns);
    }
}
