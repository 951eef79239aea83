package dev.stampede.stamps.file;

import dev.stampede.stamps.error.FileAccessException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a file or a folder completely or not at all: under a temporary name in the same folder first, then moved
 * atomically. When writing fails, an existing file stays as it was and the temporary one is deleted. A process that is
 * killed leaves the temporary one, whose name ends with {@value #TEMPORARY}; the next call replaces it.
 *
 * <p>A symbolic link stays and the file behind it is replaced. A device or a pipe is written directly.
 */
public final class AtomicFile implements AutoCloseable {
    static final String TEMPORARY = ".part";

    private final Path target;
    private final Path temporary;

    private AtomicFile(Path target, Path temporary) {
        this.target = target;
        this.temporary = temporary;
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Creates a file or a folder under a temporary path, and may check it before it gets its final name. */
    @FunctionalInterface
    public interface Draft<T> {
        T create(Path temporary) throws IOException;
    }

    /**
     * Begins a file: the caller writes {@link #temporary}, then calls {@link #commit}, and in any case {@link #close}.
     *
     * @throws IOException if a temporary file of an earlier process cannot be deleted, or {@code target} is a device
     */
    public static AtomicFile begin(Path target) throws IOException {
        if (isSpecial(target)) {
            throw new FileSystemException(target.toString(), null, "it is not a regular file");
        }
        Path real = Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
        Path temporary = real.resolveSibling(real.getFileName() + TEMPORARY);
        Folders.delete(temporary);
        return new AtomicFile(real, temporary);
    }

    /** Writes {@code file} and replaces an existing one. */
    public static void write(Path file, Content content) throws IOException {
        if (isSpecial(file)) {
            try (OutputStream out = Files.newOutputStream(file)) {
                content.writeTo(out);
            }
            return;
        }
        create(file, temporary -> {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                content.writeTo(out);
            }
            return file;
        });
    }

    /**
     * Creates {@code target} through {@code draft} and replaces an existing file or empty folder.
     *
     * @param draft gets the temporary path, which does not exist yet; {@code target} is left alone if it throws
     * @return the result of {@code draft}
     */
    public static <T> T create(Path target, Draft<T> draft) throws IOException {
        try (AtomicFile file = begin(target)) {
            T result = draft.create(file.temporary());
            file.commit();
            return result;
        }
    }

    /**
     * Writes files into {@code folder}, which is created with its parents if absent; files of the same names are replaced
     * once all are complete, other files stay.
     *
     * @param draft gets an empty temporary folder; its files are moved to {@code folder}
     * @return the result of {@code draft}
     */
    public static <T> T fill(Path folder, Draft<T> draft) throws IOException {
        createFolder(folder);
        Path temporary = folder.resolve(TEMPORARY);
        Folders.delete(temporary);
        Files.createDirectory(temporary);
        try {
            T result = draft.create(temporary);
            for (Path file : filesIn(temporary)) {
                Files.move(
                        file,
                        folder.resolve(file.getFileName()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return result;
        } finally {
            Folders.delete(temporary);
        }
    }

    private static void createFolder(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        Files.createDirectories(folder);
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /**
     * Checks that {@code file} can be written, for a command that has long work to do first.
     *
     * @throws FileAccessException if it cannot
     */
    public static void requireWritable(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, "it is a folder");
            }
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                throw new FileSystemException(file.toString(), null, "there is no folder " + folder);
            }
            if (!isSpecial(file)) {
                probe(file.resolveSibling(file.getFileName() + TEMPORARY));
            }
        } catch (IOException failure) {
            throw FileAccessException.writing(file, failure);
        }
    }

    /**
     * Creates {@code folder} with its parents if absent, and checks that files can be written in it.
     *
     * @throws FileAccessException if that fails
     */
    public static void requireWritableFolder(Path folder) {
        try {
            createFolder(folder);
            probe(folder.resolve(TEMPORARY));
        } catch (IOException failure) {
            throw FileAccessException.writing(folder, failure);
        }
    }

    /** Writes one byte, which fails on a full disk, while creating an empty file may succeed. */
    private static void probe(Path temporary) throws IOException {
        Folders.delete(temporary);
        try {
            Files.write(temporary, new byte[1]);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static boolean isSpecial(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /** The path to write. */
    public Path temporary() {
        return temporary;
    }

    /** Gives the file its name, replacing an existing file or empty folder. */
    public void commit() throws IOException {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes the temporary file, unless it was committed. */
    @Override
    public void close() throws IOException {
        Folders.delete(temporary);
    }
}
