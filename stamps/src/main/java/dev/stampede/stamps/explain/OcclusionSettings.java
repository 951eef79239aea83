package dev.stampede.stamps.explain;

import java.util.Objects;

/**
 * The settings of an occlusion map.
 *
 * @param patch side of the square patch, pixels; 1 or more
 * @param stride step between patches, pixels; 1 to {@code patch}, so that every pixel is hidden by some patch
 * @param fill the replacement of hidden pixels
 * @param seed of {@link Fill#NOISE}; the same seed gives the same map
 * @param definition the quantity of the map
 * @param search which positions are scored
 */
public record OcclusionSettings(int patch, int stride, Fill fill, long seed, Definition definition, Search search) {
    /** The quantity of a map. */
    public enum Definition {
        /**
         * The drop of the probability of the verdict, on the stamp's pixel grid: each pixel is the mean over the patches
         * that hide it. Positive values support the verdict.
         */
        DROP,
        /**
         * As in the astroML chapter, but not transposed: filled with 0, 1 - P(real) at the centre of each patch, padded
         * with the minimum of each column, then of each row. Only with {@link Fill#ZERO}, an odd patch and stride 1.
         */
        NOTEBOOK
    }

    /** Which positions of the patch are scored. */
    public enum Search {
        /** All of them. */
        EXHAUSTIVE {
            @Override
            PositionSearch newSearch(int side) {
                return new FullSearch(side);
            }
        },
        /** A coarse grid, refined only where the score may change; see {@link RefinedSearch}. */
        REFINED {
            @Override
            PositionSearch newSearch(int side) {
                return new RefinedSearch(side);
            }
        };

        /** A search over {@code side x side} positions. */
        abstract PositionSearch newSearch(int side);
    }

    public OcclusionSettings {
        Objects.requireNonNull(fill, "fill");
        Objects.requireNonNull(definition, "definition");
        Objects.requireNonNull(search, "search");
        require(patch >= 1, "the patch must be 1 pixel or more, not " + patch);
        require(
                stride >= 1 && stride <= patch,
                "the stride must be 1 to the patch of " + patch + " pixels, so that every pixel is hidden once, not "
                        + stride);
        if (definition == Definition.NOTEBOOK) {
            require(
                    fill == Fill.ZERO && stride == 1 && patch % 2 == 1 && search == Search.EXHAUSTIVE,
                    "the notebook definition requires fill zero, stride 1, an odd patch and every position, not fill "
                            + fill.fillName() + ", stride " + stride + ", patch " + patch + ", search " + search);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** A patch of 5 pixels, stride 1, filled with the median; every position. */
    public static OcclusionSettings standard() {
        return new OcclusionSettings(5, 1, Fill.MEDIAN, 1, Definition.DROP, Search.EXHAUSTIVE);
    }

    /** The map of the astroML chapter with its patch of 5 pixels. */
    public static OcclusionSettings notebook() {
        return new OcclusionSettings(5, 1, Fill.ZERO, 1, Definition.NOTEBOOK, Search.EXHAUSTIVE);
    }

    public OcclusionSettings withPatch(int pixels, int step) {
        return new OcclusionSettings(pixels, step, fill, seed, definition, search);
    }

    public OcclusionSettings withFill(Fill other, long newSeed) {
        return new OcclusionSettings(patch, stride, other, newSeed, definition, search);
    }

    public OcclusionSettings withSearch(Search other) {
        return new OcclusionSettings(patch, stride, fill, seed, definition, other);
    }
}
