package dev.stampede.stamps.simulate.output;

import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulatedCandidate.Truth;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.table.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes labelled candidates in the format of training data: {@code stamps_sources.npy} and {@code stamps_noise.npy}, each
 * float32 (N, size, size) or, for several planes, (N, planes, size, size), and {@code truth.csv} with a line for each stamp.
 */
public final class LabelledFolder implements AutoCloseable {
    private static final List<String> COLUMNS = List.of(
            "file", "index", "kind", "real", "signal_to_noise", "fwhm_pixels", "offset_row", "offset_column", "group");

    private final NpyWriter sources;
    private final NpyWriter noise;
    private final CsvWriter table;
    private long real;
    private long bogus;

    private LabelledFolder(NpyWriter sources, NpyWriter noise, CsvWriter table) {
        this.sources = sources;
        this.noise = noise;
        this.table = table;
    }

    /**
     * Begins the files in {@code folder}, which exists.
     *
     * @throws IOException if the table cannot be written
     * @throws dev.stampede.stamps.error.FileAccessException if the arrays cannot be written
     */
    @SuppressWarnings("MustBeClosedChecker")
    public static LabelledFolder create(Path folder, SimulationSettings settings) throws IOException {
        int planes = settings.planes().size();
        int size = settings.size();
        int[] shape = planes == 1 ? new int[] {size, size} : new int[] {planes, size, size};
        return new LabelledFolder(
                NpyWriter.create(folder.resolve(SimulatedFolder.SOURCES), shape),
                NpyWriter.create(folder.resolve(SimulatedFolder.NOISE), shape),
                CsvWriter.create(folder.resolve(SimulatedFolder.TRUTH), COLUMNS));
    }

    /**
     * Appends a candidate.
     *
     * @throws IOException if the table cannot be written
     * @throws dev.stampede.stamps.error.FileAccessException if the stamps cannot be written, such as on a full disk
     */
    public void write(SimulatedCandidate candidate) throws IOException {
        boolean isReal = candidate.truth().isReal();
        (isReal ? sources : noise).write(candidate.stamp());
        table.row(row(candidate.truth(), isReal ? real++ : bogus++));
    }

    /** The number of real stamps so far. */
    public long real() {
        return real;
    }

    /** The number of bogus stamps so far. */
    public long bogus() {
        return bogus;
    }

    private static List<?> row(Truth truth, long index) {
        return List.of(
                truth.isReal() ? SimulatedFolder.SOURCES : SimulatedFolder.NOISE,
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

    @Override
    public void close() throws IOException {
        try (sources;
                noise) {
            table.close();
        }
    }
}
