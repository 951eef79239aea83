package dev.stampede.stamps.injection;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;

/**
 * Simulated sky of difference images: the noise of one exposure, slightly correlated by resampling, and that of the template,
 * which was convolved to the seeing of the exposure; a residual level and slope; masked pixels. Without sources and residues.
 * Immutable.
 */
public final class DifferenceSkies implements ImageSource {
    /** Rows and columns: the highest noise peaks of an image are then at a S/N of 3.5 to 4.5. */
    public static final int SIDE = 128;

    private static final long SKY = 11;
    /** The correlation of neighbouring pixels by resampling, for weights of neighbours of up to that. */
    private static final double MAX_NEIGHBOUR_WEIGHT = 0.15;
    /** The noise of the template over that of the exposure; few templates are shallow. */
    private static final double MIN_TEMPLATE_NOISE = 0.1;

    private static final double MAX_TEMPLATE_NOISE = 0.6;

    private final double minFwhmPixels;
    private final double maxFwhmPixels;
    private final long seed;

    /**
     * Skies with seeing, of the profile of Moffat, uniform in a range.
     *
     * @param minFwhmPixels above 0
     * @param maxFwhmPixels {@code minFwhmPixels} or more
     */
    public DifferenceSkies(double minFwhmPixels, double maxFwhmPixels, long seed) {
        if (!(minFwhmPixels > 0 && maxFwhmPixels >= minFwhmPixels && maxFwhmPixels < SIDE / 4.0)) {
            throw new IllegalArgumentException("the FWHM must lie in (0, " + SIDE / 4 + ") pixels, low to high, not "
                    + minFwhmPixels + " to " + maxFwhmPixels);
        }
        this.minFwhmPixels = minFwhmPixels;
        this.maxFwhmPixels = maxFwhmPixels;
        this.seed = seed;
    }

    @Override
    public Observation observe(long image) {
        RandomStream random = RandomStream.of(seed, image, SKY);
        PointSpread psf = PointSpread.seeing(minFwhmPixels, maxFwhmPixels, random);
        float[] pixels = noise(psf, random);
        addLevel(pixels, random);
        mask(pixels, random);
        // At most a third is masked.
        return new Observation(SkyImage.of(Stamp.of(1, SIDE, SIDE, pixels)).orElseThrow(), psf, image);
    }

    private static float[] noise(PointSpread psf, RandomStream random) {
        double counts = random.logUniform(2, 200);
        double weight = random.uniform(0, MAX_NEIGHBOUR_WEIGHT);
        float[] pixels = blurred(white(random), new double[] {weight, 1, weight});
        double ratio = random.uniform(MIN_TEMPLATE_NOISE, MAX_TEMPLATE_NOISE);
        float[] template = blurred(white(random), gaussian(random.uniform(0.2, 0.5) * psf.sigmaPixels()));
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (counts * (pixels[i] - ratio * template[i]));
        }
        return pixels;
    }

    private static float[] white(RandomStream random) {
        float[] white = new float[SIDE * SIDE];
        for (int i = 0; i < white.length; i++) {
            white[i] = (float) random.gaussian();
        }
        return white;
    }

    private static double[] gaussian(double sigma) {
        int reach = Math.max(1, (int) Math.ceil(3 * sigma));
        double[] weights = new double[2 * reach + 1];
        for (int i = -reach; i <= reach; i++) {
            weights[i + reach] = StrictMath.exp(-0.5 * i * i / (sigma * sigma));
        }
        return weights;
    }

    /** The image through the same filter along rows and columns, which keeps the variance of white noise. */
    private static float[] blurred(float[] image, double[] weights) {
        double norm =
                Math.sqrt(Arrays.stream(weights).map(weight -> weight * weight).sum());
        float[] rows = alongRows(image, weights, norm);
        return transposed(alongRows(transposed(rows), weights, norm));
    }

    private static float[] alongRows(float[] image, double[] weights, double norm) {
        int reach = weights.length / 2;
        float[] result = new float[image.length];
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    sum += weights[i] * image[row * SIDE + Math.floorMod(column + i - reach, SIDE)];
                }
                result[row * SIDE + column] = (float) (sum / norm);
            }
        }
        return result;
    }

    private static float[] transposed(float[] image) {
        float[] result = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            result[i % SIDE * SIDE + i / SIDE] = image[i];
        }
        return result;
    }

    /** A level of the sky that was not subtracted, and a slight wave, which continues at the opposite edge. */
    private static void addLevel(float[] pixels, RandomStream random) {
        double scale = Math.abs(pixels[0]) + Math.abs(pixels[1]); // of the order of the noise
        double level = scale * random.gaussian();
        double wave = 0.1 * scale * random.gaussian();
        double phase = random.uniform(0, 2 * Math.PI);
        for (int i = 0; i < pixels.length; i++) {
            double place = 2 * Math.PI * (i / SIDE + i % SIDE) / SIDE;
            pixels[i] += (float) (level + wave * StrictMath.sin(place + phase));
        }
    }

    /** Scattered pixels, and in some images a bad column, a star or an edge of the detector. */
    private static void mask(float[] pixels, RandomStream random) {
        int scattered = random.chance(0.5) ? 0 : random.below(pixels.length / 100);
        for (int i = 0; i < scattered; i++) {
            pixels[random.below(pixels.length)] = Float.NaN;
        }
        double type = random.uniform();
        int place = random.below(SIDE);
        int other = random.below(SIDE);
        double radius = random.uniform(2, 12);
        int width = type < 0.1 ? 1 + random.below(2) : type < 0.15 ? SIDE / 4 : 0;
        boolean isStar = type > 0.85;
        for (int i = 0; i < pixels.length; i++) {
            int row = i / SIDE - other;
            int column = i % SIDE - place;
            boolean inColumns = column >= 0 && column < width;
            if (inColumns || (isStar && row * row + column * column < radius * radius)) {
                pixels[i] = Float.NaN;
            }
        }
    }
}
