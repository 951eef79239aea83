package dev.stampede.peers;

import dev.stampede.stamps.normalise.Normaliser;
import java.util.Arrays;

/**
 * The recipe {@code asinh-snr} as one writes it first: median and standard deviation of a sorted copy, clipped at three
 * standard deviations up to five times, and {@code asinh((x - median) / sigma / 5)} in double precision.
 */
final class PlainNormaliser implements Normaliser {
    private static final int MAX_ROUNDS = 5;
    private static final double BOUND = 3;
    private static final double SOFTENING = 5;

    private final int pixelCount;

    PlainNormaliser(int pixelCount) {
        this.pixelCount = pixelCount;
    }

    @Override
    public boolean normalise(float[] pixels, int offset, float[] target, int targetOffset) {
        double[] kept = new double[pixelCount];
        int count = 0;
        for (int i = 0; i < pixelCount; i++) {
            float pixel = pixels[offset + i];
            if (isKnown(pixel)) {
                kept[count++] = pixel;
            }
        }
        kept = Arrays.copyOf(kept, count);
        Arrays.sort(kept);
        double median = median(kept);
        double deviation = deviation(kept, median);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            double low = median - BOUND * deviation;
            double high = median + BOUND * deviation;
            double[] clipped =
                    Arrays.stream(kept).filter(x -> x >= low && x <= high).toArray();
            if (clipped.length == kept.length) {
                break;
            }
            kept = clipped;
            median = median(kept);
            deviation = deviation(kept, median);
        }
        boolean spread = deviation > 0;
        for (int i = 0; i < pixelCount; i++) {
            float pixel = pixels[offset + i];
            target[targetOffset + i] =
                    spread && isKnown(pixel) ? (float) asinh((pixel - median) / deviation / SOFTENING) : 0;
        }
        return spread;
    }

    private static boolean isKnown(float pixel) {
        return Float.isFinite(pixel) && pixel != 0;
    }

    private static double median(double[] sorted) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double deviation(double[] values, double centre) {
        double mean = Arrays.stream(values).average().orElse(centre);
        return Math.sqrt(Arrays.stream(values)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElse(0));
    }

    private static double asinh(double x) {
        return Math.signum(x) * Math.log(Math.abs(x) + Math.sqrt(x * x + 1));
    }
}
