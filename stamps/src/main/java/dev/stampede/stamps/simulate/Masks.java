package dev.stampede.stamps.simulate;

import java.util.Arrays;

/**
 * Masks pixels of a stack. Defects of the detector and bright stars do not move with the object, so a mask moves through
 * the stack along the trajectory; a slow object leaves pixels without any good exposure.
 */
final class Masks {
    private static final int SIDE = ExposureStack.SIDE;
    /** The minimum share of exposures that are good at the candidate, as required by a search. */
    private static final double MIN_GOOD_SHARE = 0.4;

    private Masks() {}

    /** Scattered bad pixels, and by chance a bad column, a masked star or the edge of the detector. */
    static void lay(ExposureStack stack, RandomStream random) {
        do {
            Arrays.fill(stack.masked, 0, stack.exposures * ExposureStack.PIXELS, false);
            scatter(stack, random);
            if (random.chance(0.2)) {
                badColumn(stack, random);
            }
            if (random.chance(0.1)) {
                star(stack, random);
            }
            if (random.chance(0.06)) {
                edge(stack, random, random.uniform(1, 16), 0.5);
            }
        } while (!seesTheCentre(stack));
    }

    private static boolean seesTheCentre(ExposureStack stack) {
        for (int r = -1; r <= 1; r++) {
            for (int c = -1; c <= 1; c++) {
                int at = (ExposureStack.CENTRE + r) * SIDE + ExposureStack.CENTRE + c;
                int good = 0;
                for (int t = 0; t < stack.exposures; t++) {
                    good += stack.masked[t * ExposureStack.PIXELS + at] ? 0 : 1;
                }
                if (good < MIN_GOOD_SHARE * stack.exposures) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void scatter(ExposureStack stack, RandomStream random) {
        double share = random.uniform(0, 0.02);
        for (int t = 0; t < stack.exposures; t++) {
            int count = (int) (share * ExposureStack.PIXELS * 2 * random.uniform() + 0.5);
            for (int i = 0; i < count; i++) {
                stack.masked[t * ExposureStack.PIXELS + random.below(ExposureStack.PIXELS)] = true;
            }
        }
    }

    private static void badColumn(ExposureStack stack, RandomStream random) {
        int width = 1 + random.below(2);
        double start = random.uniform(-12, 12);
        for (int t = 0; t < stack.exposures; t++) {
            long left = Math.round(ExposureStack.CENTRE + start - stack.trailColumns * stack.time(t));
            for (long c = Math.max(left, 0); c < Math.min(left + width, SIDE); c++) {
                for (int r = 0; r < SIDE; r++) {
                    stack.masked[t * ExposureStack.PIXELS + r * SIDE + (int) c] = true;
                }
            }
        }
    }

    private static void star(ExposureStack stack, RandomStream random) {
        double radius = random.uniform(1.5, 7);
        double startRow = random.uniform(-14, 14);
        double startColumn = random.uniform(-14, 14);
        for (int t = 0; t < stack.exposures; t++) {
            double row = ExposureStack.CENTRE + startRow - stack.trailRows * stack.time(t);
            double column = ExposureStack.CENTRE + startColumn - stack.trailColumns * stack.time(t);
            for (int r = 0; r < SIDE; r++) {
                for (int c = 0; c < SIDE; c++) {
                    double distance = (r - row) * (r - row) + (c - column) * (c - column);
                    stack.masked[t * ExposureStack.PIXELS + r * SIDE + c] |= distance < radius * radius;
                }
            }
        }
    }

    /**
     * Masks the pixels beyond a row or column at {@code distance} pixels from the centre in the middle exposure.
     *
     * @param motion the share of the object's motion with which the edge moves; small if most pixels end up masked
     */
    private static void edge(ExposureStack stack, RandomStream random, double distance, double motion) {
        boolean acrossRows = random.chance(0.5);
        int sign = random.chance(0.5) ? 1 : -1;
        double trail = motion * (acrossRows ? stack.trailRows : stack.trailColumns);
        for (int t = 0; t < stack.exposures; t++) {
            double limit = distance - Math.min(Math.max(trail, -8), 8) * stack.time(t) + random.uniform(-0.5, 0.5);
            for (int i = 0; i < ExposureStack.PIXELS; i++) {
                int along = (acrossRows ? i / SIDE : i % SIDE) - ExposureStack.CENTRE;
                stack.masked[t * ExposureStack.PIXELS + i] |= sign * along > limit;
            }
        }
    }

    /** Leaves about a tenth of the pixels: a ragged line along the trajectory and points, or one side of an edge. */
    static void layNearlyEverywhere(ExposureStack stack, RandomStream random) {
        if (random.chance(0.3)) {
            edge(stack, random, random.uniform(-9.3, -7), 0.05);
            return;
        }
        double angle = random.uniform(0, Math.PI);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        double aside = random.uniform(-3, 3);
        double length = random.uniform(3, 14);
        double halfWidth = random.uniform(0.5, 2);
        double density = random.uniform(0.4, 0.9);
        double specks = random.uniform(0.005, 0.08);
        for (int i = 0; i < ExposureStack.PIXELS; i++) {
            double row = i / SIDE - ExposureStack.CENTRE;
            double column = i % SIDE - ExposureStack.CENTRE;
            boolean onLine = Math.abs(row * cos - column * sin - aside) < halfWidth
                    && Math.abs(row * sin + column * cos) < length;
            boolean observed = random.chance(onLine ? density : specks);
            int only = random.below(stack.exposures);
            for (int t = 0; t < stack.exposures; t++) {
                // An unmasked pixel is good in few exposures.
                stack.masked[t * ExposureStack.PIXELS + i] |= !(observed && (t == only || random.chance(0.1)));
            }
        }
    }

    static void layEverywhere(ExposureStack stack) {
        Arrays.fill(stack.masked, 0, stack.exposures * ExposureStack.PIXELS, true);
    }
}
