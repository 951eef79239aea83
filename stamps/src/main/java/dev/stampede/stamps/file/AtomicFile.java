package dev.stampede.stamps.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file or a folder completely or not at all: under a temporary name in the same folder first, then moved
 * atomically. When writing fails, an existing file stays as it was and the temporary one is deleted.
 */
public final class AtomicFile {
    private static final String TEMPORARY = ".part";

    private AtomicFile() {}

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

    /** Writes {@code file} and replaces an existing one. */
    public static void write(Path file, Content content) throws IOException {
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
        Path temporary = target.resolveSibling(target.getFileName() + TEMPORARY);
        Folders.delete(temporary);
        try {
            T result = draft.create(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return result;
        } finally {
            Folders.delete(temporary);
        }
    }
}
