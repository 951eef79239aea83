package dev.stampede.stamps.simulate.output;

import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulatedCandidate.Truth;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.table.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Writes simulated candidates in the format of training data: {@code stamps_sources.npy} and {@code stamps_noise.npy}, each
 * float32 (N, size, size) or, for several planes, (N, planes, size, size), and {@code truth.csv} with a line for each stamp.
 */
public final class SimulatedFolder {
    /** The file of the point sources. */
    public static final String SOURCES = "stamps_sources.npy";

    /** The file of everything else. */
    public static final String NOISE = "stamps_noise.npy";

    /** The table of truths; {@code file} and {@code index} identify the stamp of a line. */
    public static final String TRUTH = "truth.csv";

    private static final List<String> COLUMNS = List.of(
            "file", "index", "kind", "real", "signal_to_noise", "fwhm_pixels", "offset_row", "offset_column", "group");

    /** The number of candidates that are made in parallel, then written in order. */
    private static final int BLOCK = 1000;

    private SimulatedFolder() {}

    /**
     * Makes the candidates 0 to {@code count - 1} and writes them to {@code folder}, which is created if absent. The files
     * appear only when all are complete.
     *
     * @param written receives the number of further candidates written, from time to time
     * @throws IOException if the folder or the table cannot be written
     * @throws dev.stampede.stamps.error.FileAccessException if the stamps cannot be written, such as on a full disk
     */
    public static void write(Path folder, SimulationSettings settings, long seed, long count, LongConsumer written)
            throws IOException {
        Simulator simulator = Simulator.of(settings, seed);
        AtomicFile.fill(folder, temporary -> {
            write(temporary, simulator, shape(settings), count, written);
            return count;
        });
    }

    private static void write(Path folder, Simulator simulator, int[] shape, long count, LongConsumer written)
            throws IOException {
        long[] next = new long[2];
        try (NpyWriter sources = NpyWriter.create(folder.resolve(SOURCES), shape);
                NpyWriter noise = NpyWriter.create(folder.resolve(NOISE), shape);
                CsvWriter table = CsvWriter.create(folder.resolve(TRUTH), COLUMNS)) {
            for (long first = 0; first < count; first += BLOCK) {
                List<SimulatedCandidate> block = LongStream.range(first, Math.min(first + BLOCK, count))
                        .parallel()
                        .mapToObj(simulator::candidate)
                        .toList();
                for (SimulatedCandidate candidate : block) {
                    boolean real = candidate.truth().isReal();
                    (real ? sources : noise).write(candidate.stamp());
                    table.row(row(candidate.truth(), next[real ? 1 : 0]++));
                }
                written.accept(block.size());
            }
        }
    }

    private static int[] shape(SimulationSettings settings) {
        int planes = settings.planes().size();
        int size = settings.size();
        return planes == 1 ? new int[] {size, size} : new int[] {planes, size, size};
    }

    private static List<?> row(Truth truth, long index) {
        return List.of(
                truth.isReal() ? SOURCES : NOISE,
                index,
                truth.kind().name().toLowerCase(Locale.ROOT),
                truth.isReal() ? 1 : 0,
                decimal(truth.signalToNoise()),
                decimal(truth.fwhmPixels()),
                decimal(truth.offsetRow()),
                decimal(truth.offsetColumn()),
                truth.groupId());
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
