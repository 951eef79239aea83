package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;

/**
 * An artefact of the detector: a hot pixel under a slow object, or a band along rows or columns such as a bright
 * column, a bleed trail, or the step at an amplifier's edge. Bands may be far brighter than any object.
 */
final class DetectorDefect implements SignalPainter {
    @Override
    public Appearance paint(ExposureStack stack, SignalStack signal, RandomStream random) {
        return random.chance(0.35) ? hotPixel(stack, signal, random) : band(stack, signal, random);
    }

    private static Appearance hotPixel(ExposureStack stack, SignalStack signal, RandomStream random) {
        int row = random.below(3) - 1;
        int column = random.below(3) - 1;
        int length = 1 + random.below(2);
        double observedShare = random.uniform(0.6, 1);
        int centre = stack.shape.centre();
        for (int t = 0; t < stack.exposures; t++) {
            if (t == 0 || random.chance(observedShare)) {
                for (int i = 0; i < length; i++) {
                    int at = (centre + row) * stack.shape.side() + centre + column + i;
                    signal.values[t * stack.shape.pixels() + at] += (float) Math.max(0.1, 1 + 0.2 * random.gaussian());
                }
            }
        }
        return new Appearance(random.logUniform(8, 60), Double.NaN, row, column);
    }

    private static Appearance band(ExposureStack stack, SignalStack signal, RandomStream random) {
        boolean alongRows = random.chance(0.5);
        double middle = random.uniform(-2, 2);
        double halfWidth = random.logUniform(0.5, 7);
        double softness = random.uniform(0.3, 1.5);
        // A step has only one edge.
        boolean step = random.chance(0.25);
        double tilt = random.uniform(-0.03, 0.03) / stack.shape.scale();
        int side = stack.shape.side();
        int centre = stack.shape.centre();
        for (int t = 0; t < stack.exposures; t++) {
            double level = Math.max(0.1, 1 + 0.3 * random.gaussian());
            double shifted = middle + 0.3 * random.gaussian();
            for (int i = 0; i < side; i++) {
                double across = i - centre - shifted;
                double inside = halfWidth - (step ? across : Math.abs(across));
                double value = level / (1 + StrictMath.exp(-inside / softness));
                for (int j = 0; j < side; j++) {
                    int at = alongRows ? i * side + j : j * side + i;
                    signal.values[t * stack.shape.pixels() + at] += (float) (value * (1 + tilt * (j - centre)));
                }
            }
        }
        double row = alongRows ? middle : 0;
        double column = alongRows ? 0 : middle;
        return new Appearance(random.logUniform(15, 1500), Double.NaN, row, column);
    }
}
