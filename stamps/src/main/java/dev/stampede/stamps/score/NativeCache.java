package dev.stampede.stamps.score;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** The folders that may hold unpacked native libraries, the preferred one first. */
enum NativeCache {
    /** {@code $XDG_CACHE_HOME/stampede}, by default {@code ~/.cache/stampede}. */
    USER {
        @Override
        Path folder() {
            String cache = System.getenv("XDG_CACHE_HOME");
            Path base = cache == null || cache.isBlank()
                    ? Path.of(System.getProperty("user.home"), ".cache")
                    : Path.of(cache);
            return base.resolve("stampede");
        }

        @Override
        Path create() throws IOException {
            // Without an entry in the table of users, the home folder is "?".
            if (!folder().isAbsolute()) {
                throw new FileSystemException(folder().toString(), null, "this user has no home folder");
            }
            return Files.createDirectories(folder());
        }
    },

    /** A folder of this user in the temporary folder, such as in a container without a home folder. */
    TEMPORARY {
        @Override
        Path folder() {
            return Path.of(System.getProperty("java.io.tmpdir"), "stampede-cache-" + System.getProperty("user.name"));
        }

        @Override
        Path create() throws IOException {
            return createPrivate(folder());
        }
    };

    /** Creates {@code folder} in a folder that others can write: it must not be one that they have prepared. */
    static Path createPrivate(Path folder) throws IOException {
        Set<PosixFilePermission> ownerOnly = PosixFilePermissions.fromString("rwx------");
        try {
            return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
        } catch (FileAlreadyExistsException existing) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS)
                            .equals(ownerOnly)
                    || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(ownerOfNewFile())) {
                throw new FileSystemException(folder.toString(), null, "another user could write to it; remove it");
            }
            return folder;
        }
    }

    private static UserPrincipal ownerOfNewFile() throws IOException {
        Path probe = Files.createTempFile("stampede-", ".tmp");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    /** The path of the folder, for messages. */
    abstract Path folder();

    /**
     * The folder, created if absent.
     *
     * @throws IOException if it cannot be created, or another user could have written to it
     */
    abstract Path create() throws IOException;
}
