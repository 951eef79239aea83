package dev.stampede.stamps.contract;

import dev.stampede.stamps.normalise.Recipe;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the pixels of a stamp become the input of a network.
 *
 * @param recipes the normalisation of every plane, or one for each plane
 * @param masked what a masked pixel becomes
 * @param maxMaskedFraction the maximum share of masked pixels in a plane, 0 to 1; a stamp with more is not scored
 * @param padding what becomes of smaller images
 */
public record Preprocessing(List<Recipe> recipes, MaskedPixels masked, float maxMaskedFraction, Padding padding) {
    /** The share of a plane above which the networks that Stampede trains do not score it. */
    public static final float MAX_MASKED_FRACTION = 0.5f;

    public Preprocessing {
        recipes = List.copyOf(recipes);
        if (recipes.isEmpty()) {
            throw new IllegalArgumentException("a model needs a recipe");
        }
        if (recipes.size() > 1 && recipes.stream().anyMatch(Recipe::isJoint)) {
            throw new IllegalArgumentException(
                    names(recipes) + " names a recipe over all planes, which cannot be that of one plane");
        }
        if (!(maxMaskedFraction >= 0 && maxMaskedFraction <= 1)) {
            throw new IllegalArgumentException("maximum masked fraction outside [0, 1]: " + maxMaskedFraction);
        }
    }

    /** As of the networks that Stampede trains: masked pixels are ignored and become 0, smaller stamps are not scored. */
    public static Preprocessing of(Recipe recipe) {
        return new Preprocessing(List.of(recipe), MaskedPixels.ZERO_AFTER, MAX_MASKED_FRACTION, Padding.NONE);
    }

    /** The recipe of the plane with that index. */
    public Recipe recipe(int plane) {
        return recipes.get(recipes.size() == 1 ? 0 : plane);
    }

    /** The names of the recipes, joined by commas. */
    public String recipeName() {
        return names(recipes);
    }

    /** Whether all planes together are normalised as one image. */
    public boolean isJoint() {
        return recipes.get(0).isJoint();
    }

    void requireFor(int planes) {
        if (recipes.size() != 1 && recipes.size() != planes) {
            throw new IllegalArgumentException(
                    recipes.size() + " recipes are named for " + planes + " planes: " + names(recipes));
        }
    }

    private static String names(List<Recipe> recipes) {
        return recipes.stream().map(Recipe::recipeName).collect(Collectors.joining(","));
    }
}
