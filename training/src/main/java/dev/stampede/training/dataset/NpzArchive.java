package dev.stampede.training.dataset;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.TemporaryFolder;
import dev.stampede.stamps.npy.NpyArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A {@code .npz} file: a zip archive of {@code .npy} arrays. It holds either {@code stamps} with {@code labels} (1 real, 0
 * bogus) and optionally {@code groups} and {@code signal_to_noise}, all of one length, or arrays named like the files of a
 * folder. The arrays are unpacked to a temporary folder until the archive is closed.
 */
final class NpzArchive implements AutoCloseable {
    private static final String STAMPS = "stamps.npy";
    private static final String LABELS = "labels.npy";

    private final Path file;
    private final TemporaryFolder folder;
    private final Map<String, Path> arrays = new TreeMap<>();

    private NpzArchive(Path file, TemporaryFolder folder) {
        this.file = file;
        this.folder = folder;
    }

    /**
     * Unpacks {@code file}.
     *
     * @throws InvalidDataException if it is not such an archive, or the disk is full
     */
    static NpzArchive open(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            NpzArchive archive = new NpzArchive(file, TemporaryFolder.create("npz"));
            try {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    archive.unpack(zip, entry);
                }
                return archive;
            } catch (IOException | RuntimeException failure) {
                archive.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new InvalidDataException(
                    "Cannot read " + file + " as .npz: " + FailureReason.of(failure) + ".", failure);
        }
    }

    private void unpack(ZipFile zip, ZipEntry entry) throws IOException {
        if (entry.getName().endsWith(".npy") && !entry.isDirectory()) {
            // Named by number, because the name of an entry must not be used as a path.
            Path target = folder.path().resolve(arrays.size() + ".npy");
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, target);
            }
            arrays.put(entry.getName(), target);
        }
    }

    /** The stamps in the archive. */
    List<StampFilePart> parts() {
        if (!arrays.containsKey(STAMPS)) {
            return FileNames.parts(arrays, (name, index) -> TruthFile.Row.UNKNOWN, file);
        }
        if (!arrays.containsKey(LABELS)) {
            throw new InvalidDataException(file + " holds the array stamps but no array labels.");
        }
        float[] labels = column(LABELS);
        for (float label : labels) {
            if (label != 0 && label != 1) {
                throw new InvalidDataException(file + " has the label " + label + ", not 1 or 0.");
            }
        }
        float[] groups = column("groups.npy");
        float[] signals = column("signal_to_noise.npy");
        return List.of(new StampFilePart(array(STAMPS), STAMPS, i -> labels[i] == 1, i -> row(groups, signals, i)));
    }

    private static TruthFile.Row row(float[] groups, float[] signals, int index) {
        String group = groups.length == 0 ? "" : String.valueOf(groups[index]);
        return new TruthFile.Row(group, signals.length == 0 ? Double.NaN : signals[index], "", Double.NaN, "");
    }

    /** One number per stamp; empty if there is no such array. */
    private float[] column(String name) {
        if (!arrays.containsKey(name)) {
            return new float[0];
        }
        try (NpyArray array = NpyArray.open(array(name));
                NpyArray stamps = NpyArray.open(array(STAMPS))) {
            if (array.rowSize() != 1 || array.rows() != stamps.rows()) {
                throw new InvalidDataException(file + " holds " + name + " of shape " + array.shape()
                        + ", not one number for each of its " + stamps.rows() + " stamps.");
            }
            float[] values = new float[Math.toIntExact(array.rows())];
            array.read(0, values.length, values, 0);
            return values;
        }
    }

    private Path array(String name) {
        return arrays.getOrDefault(name, folder.path().resolve(name));
    }

    @Override
    public void close() {
        folder.close();
    }
}
