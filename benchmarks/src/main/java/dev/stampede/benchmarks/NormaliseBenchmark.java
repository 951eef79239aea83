package dev.stampede.benchmarks;

import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.QualityMeter;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;

/** Stamps of 21x21 pixels normalised or measured per second by one thread, against normalisers that sort. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NormaliseBenchmark {
    private static final int SIDE = 21;
    private static final int PIXELS = SIDE * SIDE;
    /** Too many for a branch predictor to memorise. */
    private static final int STAMPS = 1024;

    /** What the stamps show: noise alone, a source of signal-to-noise 20, or that with a fifth of the pixels masked. */
    public enum Sky {
        NOISE,
        SOURCE,
        MASKED
    }

    @Param({"NOISE", "SOURCE", "MASKED"})
    public Sky sky = Sky.NOISE;

    private final float[] pixels = new float[STAMPS * PIXELS];
    private final float[] target = new float[PIXELS];
    private final double[] sorted = new double[PIXELS];
    private final Normaliser sigmaGUnitSum = Recipe.SIGMAG_UNIT_SUM.newNormaliser(1, PIXELS);
    private final Normaliser asinhSnr = Recipe.ASINH_SNR.newNormaliser(1, PIXELS);
    private final QualityMeter meter = new QualityMeter(SIDE, SIDE);
    private int next;

    @Setup(Level.Trial)
    public void drawStamps() {
        Random random = new Random(1);
        for (int i = 0; i < pixels.length; i++) {
            int row = i % PIXELS / SIDE - SIDE / 2;
            int column = i % SIDE - SIDE / 2;
            double light = sky == Sky.NOISE ? 0 : 20 * Math.exp(-(row * row + column * column) / 7.0);
            boolean masked = sky == Sky.MASKED && random.nextInt(5) == 0;
            pixels[i] = masked ? 0f : (float) (16000 + 5 * (random.nextGaussian() + light));
        }
    }

    private int nextOffset() {
        next = (next + 1) % STAMPS;
        return next * PIXELS;
    }

    @Benchmark
    public float[] sigmaGUnitSum() {
        sigmaGUnitSum.normalise(pixels, nextOffset(), target, 0);
        return target;
    }

    @Benchmark
    public float[] asinhSnr() {
        asinhSnr.normalise(pixels, nextOffset(), target, 0);
        return target;
    }

    @Benchmark
    public PixelQuality quality() {
        return meter.measure(pixels, nextOffset());
    }

    @Benchmark
    public float[] sigmaGUnitSumBySorting() {
        int offset = nextOffset();
        sort(offset, false);
        double floor = sorted[220] - 2 * 0.7413 * (sorted[330] - sorted[110]);
        double base = Math.max(floor, sorted[0]);
        double sum = 0;
        for (int i = 0; i < PIXELS; i++) {
            sum += Math.max(sorted[i] - base, 0);
        }
        for (int i = 0; i < PIXELS; i++) {
            target[i] = (float) (Math.max(pixels[offset + i] - base, 0) / sum);
        }
        return target;
    }

    @Benchmark
    public float[] asinhSnrBySorting() {
        int offset = nextOffset();
        int from = 0;
        int to = sort(offset, true);
        double median;
        double sigma;
        int size;
        do {
            size = to - from;
            median = 0.5 * (sorted[from + (size - 1) / 2] + sorted[from + size / 2]);
            sigma = standardDeviation(from, to);
            while (sorted[from] < median - 3 * sigma) {
                from++;
            }
            while (sorted[to - 1] > median + 3 * sigma) {
                to--;
            }
        } while (to - from < size);
        for (int i = 0; i < PIXELS; i++) {
            double x = pixels[offset + i];
            double ratio = (x - median) / sigma / 5;
            double magnitude = Math.abs(ratio);
            double asinh = Math.copySign(Math.log(magnitude + Math.sqrt(1 + magnitude * magnitude)), ratio);
            target[i] = x == 0 ? 0f : (float) asinh;
        }
        return target;
    }

    private int sort(int offset, boolean zeroIsMasked) {
        int count = 0;
        for (int i = 0; i < PIXELS; i++) {
            float pixel = pixels[offset + i];
            if (!zeroIsMasked || pixel != 0f) {
                sorted[count++] = pixel;
            }
        }
        Arrays.sort(sorted, 0, count);
        return count;
    }

    private double standardDeviation(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += sorted[i];
        }
        double mean = sum / (to - from);
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (sorted[i] - mean) * (sorted[i] - mean);
        }
        return Math.sqrt(squares / (to - from));
    }
}
