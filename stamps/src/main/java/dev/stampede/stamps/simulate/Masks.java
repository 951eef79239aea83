package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;
import java.util.Arrays;

/**
 * Masks pixels of a stack. Defects of the detector and bright stars do not move with the object, so a mask moves through
 * the stack along the trajectory; a slow object leaves pixels without any good exposure.
 */
final class Masks {
    /** The minimum share of exposures that are good at the candidate, as required by a search. */
    private static final double MIN_GOOD_SHARE = 0.4;

    private Masks() {}

    /** Scattered bad pixels, and by chance a bad column, a masked star or the edge of the detector. */
    static void lay(ExposureStack stack, RandomStream random) {
        do {
            Arrays.fill(stack.masked, 0, stack.exposures * stack.shape.pixels(), false);
            scatter(stack, random);
            if (random.chance(0.2)) {
                badColumn(stack, random);
            }
            if (random.chance(0.1)) {
                star(stack, random);
            }
            if (random.chance(0.06)) {
                edge(stack, random, stack.shape.scale() * random.uniform(1, 16), 0.5);
            }
        } while (!seesTheCentre(stack));
    }

    private static boolean seesTheCentre(ExposureStack stack) {
        int side = stack.shape.side();
        int centre = stack.shape.centre();
        for (int r = -1; r <= 1; r++) {
            for (int c = -1; c <= 1; c++) {
                int at = (centre + r) * side + centre + c;
                int good = 0;
                for (int t = 0; t < stack.exposures; t++) {
                    good += stack.masked[t * stack.shape.pixels() + at] ? 0 : 1;
                }
                if (good < MIN_GOOD_SHARE * stack.exposures) {
                    return false;
                }
            }
        }
        return true;
    }

    static void scatter(ExposureStack stack, RandomStream random) {
        double share = random.uniform(0, 0.02);
        for (int t = 0; t < stack.exposures; t++) {
            int count = (int) (share * stack.shape.pixels() * 2 * random.uniform() + 0.5);
            for (int i = 0; i < count; i++) {
                stack.masked[t * stack.shape.pixels() + random.below(stack.shape.pixels())] = true;
            }
        }
    }

    static void badColumn(ExposureStack stack, RandomStream random) {
        int side = stack.shape.side();
        int centre = stack.shape.centre();
        double scale = stack.shape.scale();
        int width = 1 + random.below(2);
        double start = scale * random.uniform(-12, 12);
        for (int t = 0; t < stack.exposures; t++) {
            long left = Math.round(centre + start - stack.trailColumns * stack.time(t));
            for (long c = Math.max(left, 0); c < Math.min(left + width, side); c++) {
                for (int r = 0; r < side; r++) {
                    stack.masked[t * stack.shape.pixels() + r * side + (int) c] = true;
                }
            }
        }
    }

    static void star(ExposureStack stack, RandomStream random) {
        int side = stack.shape.side();
        int centre = stack.shape.centre();
        double scale = stack.shape.scale();
        double radius = random.uniform(1.5, 7);
        double startRow = scale * random.uniform(-14, 14);
        double startColumn = scale * random.uniform(-14, 14);
        for (int t = 0; t < stack.exposures; t++) {
            double row = centre + startRow - stack.trailRows * stack.time(t);
            double column = centre + startColumn - stack.trailColumns * stack.time(t);
            for (int r = 0; r < side; r++) {
                for (int c = 0; c < side; c++) {
                    double distance = (r - row) * (r - row) + (c - column) * (c - column);
                    stack.masked[t * stack.shape.pixels() + r * side + c] |= distance < radius * radius;
                }
            }
        }
    }

    /**
     * Masks the pixels beyond a row or column at {@code distance} pixels from the centre in the middle exposure.
     *
     * @param motion the share of the object's motion with which the edge moves; small if most pixels end up masked
     */
    static void edge(ExposureStack stack, RandomStream random, double distance, double motion) {
        int side = stack.shape.side();
        int centre = stack.shape.centre();
        boolean acrossRows = random.chance(0.5);
        int sign = random.chance(0.5) ? 1 : -1;
        double trail = motion * (acrossRows ? stack.trailRows : stack.trailColumns);
        for (int t = 0; t < stack.exposures; t++) {
            double limit = distance - Math.min(Math.max(trail, -8), 8) * stack.time(t) + random.uniform(-0.5, 0.5);
            for (int i = 0; i < stack.shape.pixels(); i++) {
                int along = (acrossRows ? i / side : i % side) - centre;
                stack.masked[t * stack.shape.pixels() + i] |= sign * along > limit;
            }
        }
    }

    /** Leaves about a tenth of the pixels: a ragged line along the trajectory and points, or one side of an edge. */
    static void layNearlyEverywhere(ExposureStack stack, RandomStream random) {
        int side = stack.shape.side();
        int centre = stack.shape.centre();
        double scale = stack.shape.scale();
        if (random.chance(0.3)) {
            edge(stack, random, scale * random.uniform(-9.3, -7), 0.05);
            return;
        }
        double angle = random.uniform(0, Math.PI);
        double sin = StrictMath.sin(angle);
        double cos = StrictMath.cos(angle);
        double aside = scale * random.uniform(-3, 3);
        double length = scale * random.uniform(3, 14);
        double halfWidth = scale * random.uniform(0.5, 2);
        double density = random.uniform(0.4, 0.9);
        double specks = random.uniform(0.005, 0.08);
        for (int i = 0; i < stack.shape.pixels(); i++) {
            double row = i / side - centre;
            double column = i % side - centre;
            boolean onLine = Math.abs(row * cos - column * sin - aside) < halfWidth
                    && Math.abs(row * sin + column * cos) < length;
            boolean observed = random.chance(onLine ? density : specks);
            int only = random.below(stack.exposures);
            for (int t = 0; t < stack.exposures; t++) {
                // An unmasked pixel is good in few exposures.
                stack.masked[t * stack.shape.pixels() + i] |= !(observed && (t == only || random.chance(0.1)));
            }
        }
    }

    static void layEverywhere(ExposureStack stack) {
        Arrays.fill(stack.masked, 0, stack.exposures * stack.shape.pixels(), true);
    }
}
