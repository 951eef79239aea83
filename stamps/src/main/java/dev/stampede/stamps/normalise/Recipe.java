package dev.stampede.stamps.normalise;

import java.util.Optional;

/**
 * A named normalisation. The name is stored in every model file, so that serving uses the normalisation of training.
 * Every recipe is invariant to an offset and to a positive scale of the raw pixels.
 */
public enum Recipe {
    /** The recipe of the astroML chapter, kept for comparison with published networks; its values are near 1/441. */
    SIGMAG_UNIT_SUM("sigmag-unit-sum"),
    /** Sigma-clipped signal-to-noise, compressed by asinh(x / 5). The default. */
    ASINH_SNR("asinh-snr");

    private final String recipeName;

    Recipe(String recipeName) {
        this.recipeName = recipeName;
    }

    /** The name in model files, settings and classifications. */
    public String recipeName() {
        return recipeName;
    }

    /** The recipe of that name; empty if unknown. */
    public static Optional<Recipe> named(String recipeName) {
        for (Recipe recipe : values()) {
            if (recipe.recipeName.equals(recipeName)) {
                return Optional.of(recipe);
            }
        }
        return Optional.empty();
    }

    /** A normaliser for planes of {@code pixels} pixels each. */
    public Normaliser newNormaliser(int pixels) {
        return switch (this) {
            case SIGMAG_UNIT_SUM -> new SigmaGUnitSumNormaliser(pixels);
            case ASINH_SNR -> new AsinhSnrNormaliser(pixels);
        };
    }
}
