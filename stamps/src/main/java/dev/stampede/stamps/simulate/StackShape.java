package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.Plane;
import java.util.List;

/**
 * The shape of a stack of exposures. Exposures are larger than a stamp by a margin, so that a slightly different trajectory
 * covers the same sky.
 *
 * @param size rows and columns of a stamp, odd
 * @param minExposures the minimum number of exposures, 1 or more
 * @param maxExposures the maximum number
 */
record StackShape(int size, int minExposures, int maxExposures) {
    /** Pixels around the stamp on each side. */
    static final int MARGIN = 2;

    /** The size for which the positions and lengths of masks are stated; others are in proportion. */
    static final int REFERENCE_SIZE = 21;

    /** A stack for coadds of 10 to 30 exposures; or for cutouts, of one. */
    static StackShape of(List<Plane> planes, int size) {
        return planes.get(0).isCoadd() ? new StackShape(size, 10, 30) : new StackShape(size, 1, 1);
    }

    /** Rows and columns of an exposure. */
    int side() {
        return size + 2 * MARGIN;
    }

    /** Row and column of the candidate in an exposure. */
    int centre() {
        return side() / 2;
    }

    /** Pixels of an exposure. */
    int pixels() {
        return side() * side();
    }

    /** The size in units of {@link #REFERENCE_SIZE}. */
    double scale() {
        return (double) size / REFERENCE_SIZE;
    }
}
