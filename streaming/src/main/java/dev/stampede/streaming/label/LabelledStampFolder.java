package dev.stampede.streaming.label;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.table.CsvWriter;
import dev.stampede.streaming.packet.Alert;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes labelled stamps as a training set: {@code stamps_sources.npy}, {@code stamps_noise.npy} and {@code truth.csv}
 * with one line per stamp. Not thread-safe.
 */
final class LabelledStampFolder implements AutoCloseable {
    private static final List<String> COLUMNS = List.of(
            "file",
            "index",
            "group",
            "signal_to_noise",
            "signal_to_noise_from",
            "kind",
            "alert_id",
            "label_source",
            "labeller",
            CandidateFeature.LIKELIHOOD.column(),
            CandidateFeature.OBS_COUNT.column(),
            CandidateFeature.SPEED.column(),
            CandidateFeature.SIGNAL_TO_NOISE.column());

    private final NpyWriter sources;
    private final NpyWriter noise;
    private final CsvWriter table;
    private long nextSource;
    private long nextNoise;

    private LabelledStampFolder(NpyWriter sources, NpyWriter noise, CsvWriter table) {
        this.sources = sources;
        this.noise = noise;
        this.table = table;
    }

    /**
     * Creates the files in {@code folder}, which must exist.
     *
     * @param size rows and columns of every stamp, pixels
     */
    static LabelledStampFolder create(Path folder, int planes, int size) throws IOException {
        int[] shape = planes == 1 ? new int[] {size, size} : new int[] {planes, size, size};
        return new LabelledStampFolder(
                NpyWriter.create(folder.resolve(SimulatedFolder.SOURCES), shape),
                NpyWriter.create(folder.resolve(SimulatedFolder.NOISE), shape),
                CsvWriter.create(folder.resolve(SimulatedFolder.TRUTH), COLUMNS));
    }

    /**
     * Adds a stamp.
     *
     * @param stamp of {@code alert}, with the size and planes of the files
     * @param measuredSignalToNoise used if the packet has no S/N; NaN if it cannot be measured
     */
    void add(Alert alert, Stamp stamp, Label label, double measuredSignalToNoise) throws IOException {
        boolean real = label.getTruth() == Truth.REAL;
        (real ? sources : noise).write(stamp);
        double fromPacket = alert.signalToNoise().orElse(Double.NaN);
        double signalToNoise = Double.isFinite(fromPacket) ? fromPacket : measuredSignalToNoise;
        table.row(
                real ? SimulatedFolder.SOURCES : SimulatedFolder.NOISE,
                real ? nextSource++ : nextNoise++,
                alert.group(Optional.ofNullable(label.getObjectId())),
                Double.isFinite(signalToNoise) ? String.format(Locale.ROOT, "%.3f", signalToNoise) : null,
                Double.isFinite(fromPacket) ? "packet" : "stamp",
                null,
                alert.id(),
                label.getSource(),
                label.getLabeller(),
                cell(stamp.features().likelihood()),
                cell(stamp.features().obsCount()),
                cell(stamp.features().speed()),
                cell(stamp.features().signalToNoise()));
    }

    private static @Nullable Float cell(float feature) {
        return Float.isNaN(feature) ? null : feature;
    }

    @Override
    public void close() throws IOException {
        try (table;
                noise) {
            sources.close();
        }
    }
}
