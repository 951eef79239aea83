package dev.stampede.stamps.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** One array of a {@code .npz} archive, a zip file of {@code .npy} arrays. */
final class NpzEntry implements AutoCloseable {
    private static final String ARRAY = ".npy";
    private static final String DEFAULT = "stamps";

    private final ZipFile zip;
    private final ZipEntry entry;

    private NpzEntry(ZipFile zip, ZipEntry entry) {
        this.zip = zip;
        this.entry = entry;
    }

    /** Whether {@code file} is a zip archive, by its first bytes. */
    static boolean isIn(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    /**
     * Opens the array that {@code names} names.
     *
     * @throws NpyFormatException if there is no such array, or several and none is named
     */
    static NpzEntry open(Path file, List<String> names) throws IOException {
        ZipFile zip = open(file);
        try {
            List<String> arrays = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(ARRAY))
                    .map(name -> name.substring(0, name.length() - ARRAY.length()))
                    .toList();
            return new NpzEntry(zip, zip.getEntry(name(file, arrays, names) + ARRAY));
        } catch (RuntimeException failure) {
            zip.close();
            throw failure;
        }
    }

    private static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException damaged) {
            throw new NpyFormatException(file, "is a damaged .npz archive; write it again with numpy.savez");
        }
    }

    private static String name(Path file, List<String> arrays, List<String> names) {
        if (names.size() > 1) {
            throw new NpyFormatException(file, "is an archive, of which one array is read; name one with --column");
        }
        String wanted = names.isEmpty() ? arrays.size() == 1 ? arrays.get(0) : DEFAULT : names.get(0);
        if (!arrays.contains(wanted)) {
            throw new NpyFormatException(
                    file,
                    names.isEmpty()
                            ? "holds the arrays " + arrays + "; name one with --column"
                            : "holds no array '" + wanted + "'; name one of " + arrays + " with --column");
        }
        return wanted;
    }

    InputStream content() throws IOException {
        return zip.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
