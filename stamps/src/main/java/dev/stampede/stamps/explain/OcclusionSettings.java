package dev.stampede.stamps.explain;

import java.util.Objects;

/**
 * How a stamp is occluded.
 *
 * @param patch side of the square patch, pixels; 1 or more
 * @param stride step between patches, pixels; 1 to {@code patch}, so that every pixel is hidden by some patch
 * @param fill what a patch puts in the place of what it hides
 * @param seed of {@link Fill#NOISE}; the same seed gives the same map
 * @param definition what the map shows
 * @param search which positions are scored
 */
public record OcclusionSettings(int patch, int stride, Fill fill, long seed, Definition definition, Search search) {
    /** What a map shows. */
    public enum Definition {
        /**
         * The drop of the probability of the verdict, on the stamp's own grid: each pixel is the mean over the patches
         * that hide it. Above 0 where the pixel speaks for the verdict.
         */
        DROP,
        /**
         * As in the astroML chapter, but upright: 0 put in, 1 - P(real) at the centre of each patch, and a frame of the
         * least value of each column, then of each row. Only with {@link Fill#ZERO}, an odd patch and stride 1.
         */
        NOTEBOOK
    }

    /** Which positions of the patch are scored. */
    public enum Search {
        /** All of them. */
        EXHAUSTIVE {
            @Override
            Survey newSurvey(int side) {
                return new ExhaustiveSurvey(side);
            }
        },
        /** A coarse grid, and between its points only where the score may move; see {@link RefinedSurvey}. */
        REFINED {
            @Override
            Survey newSurvey(int side) {
                return new RefinedSurvey(side);
            }
        };

        /** A survey of {@code side x side} positions. */
        abstract Survey newSurvey(int side);
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
                    "the notebook's map has fill zero, stride 1, an odd patch and every position, not fill "
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
