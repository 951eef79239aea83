package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;

/**
 * The deep image that was subtracted from a single exposure. The stack holds the difference; template plus difference is the
 * science image. Not thread-safe.
 *
 * <p>With s the noise of the science image, t that of the template and r the ratio of their standard deviations, the
 * difference has the noise d = s - t. For normal noise the template has, given d, the mean -d r^2 / (1 + r^2) and the standard
 * deviation r / (1 + r^2) of that of d. So s and t are independent, and the law of {@link NoisePeak} holds for d.
 */
final class TemplateImage {
    /** The noise of the template over that of the science image. */
    private static final double MIN_NOISE_RATIO = 0.2;

    private static final double MAX_NOISE_RATIO = 0.6;
    /** The maximum sky level in units of the noise. */
    private static final double MAX_LEVEL = 100;
    /** Static sources per pixel, from a sparse field to a dense one. */
    private static final double MIN_DENSITY = 0.0005;

    private static final double MAX_DENSITY = 0.005;
    /** The S/N of the faintest static source; the number above a flux falls with the inverse of the flux. */
    private static final double MIN_SIGNAL_TO_NOISE = 5;

    private static final double MAX_SIGNAL_TO_NOISE = 1000;
    private static final double GALAXY_SHARE = 0.3;
    /** The flux of a star over that of the bright part of its residue: a failed subtraction leaves a tenth. */
    private static final double STAR_OVER_RESIDUE = 10;

    private final StackShape shape;
    private final Sky sky;
    private final float[] difference;
    private final float[] pixels;
    private final SignalStack sources;

    TemplateImage(StackShape shape) {
        this.shape = shape;
        sky = new Sky(shape);
        difference = new float[shape.pixels()];
        pixels = new float[shape.pixels()];
        sources = new SignalStack(shape);
    }

    /** Draws level, noise and static sources; {@code stack} holds a single exposure of noise and is left as it is. */
    void observe(ExposureStack stack, RandomStream random) {
        double ratio = random.uniform(MIN_NOISE_RATIO, MAX_NOISE_RATIO);
        double level = stack.sigma[0] * random.uniform(0, MAX_LEVEL);
        double ofDifference = ratio * ratio / (1 + ratio * ratio);
        double ofOwn = ratio / (1 + ratio * ratio);
        System.arraycopy(stack.pixels, 0, difference, 0, difference.length);
        sky.redrawNoise(stack, random);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (level + ofOwn * stack.pixels[i] - ofDifference * difference[i]);
        }
        System.arraycopy(difference, 0, stack.pixels, 0, difference.length);
        addField(stack, random);
    }

    private void addField(ExposureStack stack, RandomStream random) {
        int count = (int) (shape.pixels() * random.logUniform(MIN_DENSITY, MAX_DENSITY) + random.uniform());
        double reach = shape.side() / 2.0;
        double seeing = stack.seeingSigmaPixels[0];
        // A source of flux f and width w has the S/N f / (2 sqrt(pi) w sigma) in white noise.
        double unit = 2 * Math.sqrt(Math.PI) * seeing * stack.sigma[0];
        for (int i = 0; i < count; i++) {
            double row = random.uniform(-reach, reach);
            double column = random.uniform(-reach, reach);
            double signalToNoise = Math.min(MIN_SIGNAL_TO_NOISE / (1 - random.uniform()), MAX_SIGNAL_TO_NOISE);
            double width = random.chance(GALAXY_SHARE) ? seeing * random.uniform(1.3, 3) : seeing;
            add(row, column, width, signalToNoise * unit);
        }
    }

    /** Adds the star of a residue at the bright part of the residue, whose flux is {@code residualFlux}. */
    void addResidualStar(ExposureStack stack, Appearance residue, double residualFlux) {
        add(residue.offsetRow(), residue.offsetColumn(), stack.seeingSigmaPixels[0], STAR_OVER_RESIDUE * residualFlux);
    }

    private void add(double row, double column, double width, double flux) {
        sources.clear(1);
        sources.addPointSpread(0, row, column, width, flux);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] += sources.values[i];
        }
    }

    /** The planes of a stamp; a masked pixel is exactly 0 in science and difference, and the template has none. */
    Stamp cutOut(List<Plane> planes, ExposureStack stack, TrajectoryWindow window) {
        int size = shape.size();
        float[] stamp = new float[planes.size() * size * size];
        int to = 0;
        for (Plane plane : planes) {
            for (int i = 0; i < size * size; i++) {
                int at = window.origin[0] + i / size * shape.side() + i % size;
                stamp[to++] = plane == Plane.TEMPLATE
                        ? pixels[at]
                        : stack.masked[at] ? 0 : stack.pixels[at] + (plane == Plane.SCIENCE ? pixels[at] : 0);
            }
        }
        return Stamp.of(planes.size(), size, size, stamp);
    }
}
