package dev.stampede.streaming.archive;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.simulate.SimulatedFolder;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.Alert;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes labelled stamps as training reads them: {@code stamps_sources.npy}, {@code stamps_noise.npy} and {@code
 * truth.csv} with a line for each stamp. Each stamp goes to the disk as it comes. One thread.
 */
final class ArchiveFolder implements AutoCloseable {
    private static final String HEADER =
            "file,index,group,signal_to_noise,signal_to_noise_from,kind,alert_id,label_source,labeller\n";

    private final NpyWriter sources;
    private final NpyWriter noise;
    private final BufferedWriter table;
    private long nextSource;
    private long nextNoise;

    private ArchiveFolder(NpyWriter sources, NpyWriter noise, BufferedWriter table) {
        this.sources = sources;
        this.noise = noise;
        this.table = table;
    }

    /**
     * Begins the files in {@code folder}, which must be there.
     *
     * @param size rows and columns of every stamp, pixels
     */
    static ArchiveFolder create(Path folder, int channels, int size) throws IOException {
        int[] shape = channels == 1 ? new int[] {size, size} : new int[] {channels, size, size};
        BufferedWriter table = Files.newBufferedWriter(folder.resolve(SimulatedFolder.TRUTH));
        table.write(HEADER);
        return new ArchiveFolder(
                NpyWriter.create(folder.resolve(SimulatedFolder.SOURCES), shape),
                NpyWriter.create(folder.resolve(SimulatedFolder.NOISE), shape),
                table);
    }

    /**
     * Adds a stamp.
     *
     * @param stamp that of {@code alert}, of the size and channels of the archive
     * @param measuredSignalToNoise what stands in where the packet tells no S/N; NaN where it cannot be measured
     */
    void add(Alert alert, Stamp stamp, Label label, double measuredSignalToNoise) throws IOException {
        boolean real = label.getTruth() == Truth.REAL;
        (real ? sources : noise).write(stamp);
        boolean told = alert.signalToNoise().isPresent()
                && Double.isFinite(alert.signalToNoise().getAsDouble());
        double signalToNoise = told ? alert.signalToNoise().getAsDouble() : measuredSignalToNoise;
        table.write(String.join(
                        ",",
                        real ? SimulatedFolder.SOURCES : SimulatedFolder.NOISE,
                        String.valueOf(real ? nextSource++ : nextNoise++),
                        group(alert, label),
                        Double.isFinite(signalToNoise) ? String.format(Locale.ROOT, "%.3f", signalToNoise) : "",
                        told ? "packet" : "stamp",
                        "",
                        cell(alert.id()),
                        label.getSource().name(),
                        cell(label.getLabeller()))
                + "\n");
    }

    /** Stamps of one object show the same sky: they must stay together. What the labeller knows of it wins. */
    private static String group(Alert alert, Label label) {
        return label.getObjectId() != null
                ? "object:" + cell(label.getObjectId())
                : alert.objectId().map(id -> "object:" + cell(id)).orElseGet(() -> "alert:" + cell(alert.id()));
    }

    /** Text without what means something to a table, percent-encoded as in a URL. */
    static String cell(String text) {
        StringBuilder cell = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter <= ' ' || letter == ',' || letter == '"' || letter == '%' || Character.isISOControl(letter)) {
                cell.append(String.format(Locale.ROOT, "%%%02X", (int) letter));
            } else {
                cell.append(letter);
            }
        }
        return cell.toString();
    }

    @Override
    public void close() throws IOException {
        try (table;
                noise) {
            sources.close();
        }
    }
}
