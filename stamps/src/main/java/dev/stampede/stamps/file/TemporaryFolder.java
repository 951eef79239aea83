package dev.stampede.stamps.file;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.StampedeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * A folder in the temporary folder of the JVM, deleted when it is closed. Its owner holds a lock on the file {@value
 * #LOCK} in it, which the operating system releases when the process ends: so a new folder of the same purpose first
 * deletes those that a killed process has left, and never one that is in use, also not one of another container.
 */
public final class TemporaryFolder implements AutoCloseable {
    /** How to choose another temporary folder. */
    private static final String REMEDY =
            "Free space in it, or name another one: STAMPEDE_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER.";

    private static final String PREFIX = "stampede-";
    private static final String LOCK = "owner.lock";

    /** A younger folder may belong to a process that has not locked it yet. */
    private static final Duration MIN_AGE = Duration.ofMinutes(1);

    private final Path folder;
    private final FileChannel lock;

    private TemporaryFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Creates a folder in {@code java.io.tmpdir}.
     *
     * @param purpose a part of its name, such as {@code broker}
     * @throws StampedeException if the temporary folder is missing, full or read-only
     */
    public static TemporaryFolder create(String purpose) {
        return create(root(), purpose);
    }

    /** The same in {@code parent}. */
    public static TemporaryFolder create(Path parent, String purpose) {
        try {
            deleteAbandoned(parent, PREFIX + purpose + "-");
            return lock(Files.createTempDirectory(parent, PREFIX + purpose + "-"));
        } catch (IOException failure) {
            throw unusable(parent, failure);
        }
    }

    private static TemporaryFolder lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        channel.write(ByteBuffer.allocate(1)); // fails on a full disk
        return new TemporaryFolder(folder, channel);
    }

    /**
     * A file without a name in the temporary folder: it is deleted when it is closed, and also if the process is killed.
     *
     * @throws StampedeException if the temporary folder is missing, full or read-only
     */
    public static FileChannel unnamedFile() {
        try {
            return FileChannel.open(
                    Files.createTempFile(root(), PREFIX, ".tmp"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    /** The exception for a temporary folder that cannot be written, with the remedy. */
    public static StampedeException unusable(IOException failure) {
        return unusable(root(), failure);
    }

    private static StampedeException unusable(Path folder, IOException failure) {
        return new StampedeException(
                "Cannot write to the temporary folder " + folder + ": " + FailureReason.of(failure) + ". " + REMEDY,
                failure);
    }

    private static Path root() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void deleteAbandoned(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : folders) {
                deleteIfAbandoned(folder);
            }
        }
    }

    private static void deleteIfAbandoned(Path folder) {
        try {
            if (isAbandoned(folder.resolve(LOCK))) {
                Folders.delete(folder);
            }
        } catch (IOException deletedByAnotherProcess) {
            System.getLogger(TemporaryFolder.class.getName())
                    .log(System.Logger.Level.DEBUG, "Cannot delete " + folder, deletedByAnotherProcess);
        }
    }

    private static boolean isAbandoned(Path lock) throws IOException {
        if (!Files.isWritable(lock)
                || Files.getLastModifiedTime(lock)
                        .toInstant()
                        .isAfter(Instant.now().minus(MIN_AGE))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            return taken != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    public Path path() {
        return folder;
    }

    @Override
    public void close() {
        try (lock) {
            Folders.delete(folder);
        } catch (IOException failure) {
            throw FileAccessException.writing(folder, failure);
        }
    }
}
