package dev.stampede.stamps.search;

import java.util.List;

/**
 * Images of one field in the order of time, on one grid of pixels that is fixed on the sky.
 *
 * @param width columns of every image, 1 or more
 * @param height rows of every image, 1 or more
 * @param exposures 2 to {@value #MAX_EXPOSURES}, the first at time 0
 */
public record ImageStack(int width, int height, List<ExposureImage> exposures) {
    /** The exposures that a search keeps are bits of a {@code long}. */
    public static final int MAX_EXPOSURES = 64;

    public ImageStack {
        exposures = List.copyOf(exposures);
        if (exposures.size() < 2 || exposures.size() > MAX_EXPOSURES) {
            throw new IllegalArgumentException(
                    "a stack has 2 to " + MAX_EXPOSURES + " exposures, not " + exposures.size());
        }
        double before = 0;
        for (ExposureImage exposure : exposures) {
            if ((long) width * height != exposure.size()) {
                throw new IllegalArgumentException(
                        "an image of " + width + "x" + height + " cannot have " + exposure.size() + " pixels");
            }
            if (exposure.timeDays() < before) {
                throw new IllegalArgumentException("the exposures are not in the order of time");
            }
            before = exposure.timeDays();
        }
        if (exposures.get(0).timeDays() != 0) {
            throw new IllegalArgumentException("the first exposure is not at time 0");
        }
    }

    /** The time of the last exposure, days. */
    public double durationDays() {
        return exposures.get(exposures.size() - 1).timeDays();
    }
}
