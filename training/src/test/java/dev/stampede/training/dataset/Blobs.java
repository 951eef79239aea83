package dev.stampede.training.dataset;

import dev.stampede.stamps.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Simple stamps: Gaussian sources on white noise, a few of them too faint, and white noise alone. */
public final class Blobs {
    private static final int SIZE = 21;

    private Blobs() {}

    /** Writes a folder of stamps, the same for the same seed. */
    public static Path write(Path folder, int sources, int noise, long seed) {
        Random random = new Random(seed);
        stamps(folder.resolve(DataFolder.SOURCES), sources, random, from -> 0.3 + 8 * from.nextDouble());
        stamps(folder.resolve(DataFolder.NOISE), noise, random, from -> 0);
        return folder;
    }

    /** A folder of stamps with two planes, of which the second shows a source half as bright. */
    public static Path writePairs(Path folder, int each, long seed) throws IOException {
        Random random = new Random(seed);
        for (boolean source : new boolean[] {true, false}) {
            Path file = folder.resolve(source ? DataFolder.SOURCES : DataFolder.NOISE);
            try (NpyWriter writer = NpyWriter.create(file, 2, SIZE, SIZE)) {
                for (int i = 0; i < each; i++) {
                    double peak = source ? 0.3 + 8 * random.nextDouble() : 0;
                    float[] planes = Arrays.copyOf(stamp(random, peak, SIZE / 2, SIZE / 2), 2 * SIZE * SIZE);
                    System.arraycopy(stamp(random, peak / 2, SIZE / 2, SIZE / 2), 0, planes, SIZE * SIZE, SIZE * SIZE);
                    writer.write(planes, 0, 1);
                }
            }
        }
        return folder;
    }

    /** The same with the two files exchanged. */
    public static Path writeSwapped(Path folder, int sources, int noise, long seed) {
        Random random = new Random(seed);
        stamps(folder.resolve(DataFolder.NOISE), sources, random, from -> 0.3 + 8 * from.nextDouble());
        stamps(folder.resolve(DataFolder.SOURCES), noise, random, from -> 0);
        return folder;
    }

    /** A folder whose sources lie anywhere but on the stamp's edge. */
    public static Path writeWandering(Path folder, int sources, int noise, long seed) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(seed);
        try (NpyWriter writer = NpyWriter.create(folder.resolve(DataFolder.SOURCES), SIZE, SIZE)) {
            for (int i = 0; i < sources; i++) {
                double peak = 0.3 + 8 * random.nextDouble();
                writer.write(stamp(random, peak, 2 + random.nextInt(SIZE - 4), 2 + random.nextInt(SIZE - 4)), 0, 1);
            }
        }
        stamps(folder.resolve(DataFolder.NOISE), noise, random, from -> 0);
        return folder;
    }

    /** Noise in both files with {@link #writeLikelihoods}. */
    public static Path writeNoiseWithFeatures(Path folder, int each, long seed) throws IOException {
        Files.createDirectories(folder);
        Random random = new Random(seed);
        stamps(folder.resolve(DataFolder.SOURCES), each, random, from -> 0);
        stamps(folder.resolve(DataFolder.NOISE), each, random, from -> 0);
        writeLikelihoods(folder, each, random);
        return folder;
    }

    /** Writes truth.csv with a velocity, drawn alike for both classes, and a likelihood: 12 to 20 of sources, 6 to 11 of noise. */
    public static void writeLikelihoods(Path folder, int each, Random random) throws IOException {
        List<String> lines = new ArrayList<>(List.of("file,index,vx,vy,likelihood"));
        for (int i = 0; i < each; i++) {
            for (boolean real : new boolean[] {true, false}) {
                double likelihood = real ? 12 + 8 * random.nextDouble() : 6 + 5 * random.nextDouble();
                double speed = 90 + 300 * random.nextDouble();
                lines.add(String.join(
                        ",",
                        real ? DataFolder.SOURCES : DataFolder.NOISE,
                        String.valueOf(i),
                        String.valueOf(0.6 * speed),
                        String.valueOf(-0.8 * speed),
                        String.valueOf(likelihood)));
            }
        }
        Files.write(folder.resolve("truth.csv"), lines);
    }

    /** Stamps whose source has a peak of {@code peak} sigma. */
    static void stamps(Path file, int count, Random random, ToDoubleFunction<Random> peak) {
        try (NpyWriter writer = NpyWriter.create(file, SIZE, SIZE)) {
            for (int i = 0; i < count; i++) {
                writer.write(stamp(random, peak.applyAsDouble(random), SIZE / 2, SIZE / 2), 0, 1);
            }
        }
    }

    /** White noise with a source of a peak of {@code peak} sigma on the pixel at {@code row} and {@code column}. */
    public static float[] stamp(Random random, double peak, int row, int column) {
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            int up = i / SIZE - row;
            int right = i % SIZE - column;
            double source = peak * Math.exp(-(up * up + right * right) / 7.0);
            pixels[i] = (float) (500 + 20 * (source + random.nextGaussian()));
        }
        return pixels;
    }
}
