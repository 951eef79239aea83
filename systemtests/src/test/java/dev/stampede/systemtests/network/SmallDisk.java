package dev.stampede.systemtests.network;

import dev.stampede.stamps.ExternalProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file system in memory that can be full. Requires root. */
final class SmallDisk implements AutoCloseable {
    private static final int MEBIBYTES = 1024;
    private static final int BLOCK_BYTES = 1 << 16;

    /** The name by which mounts of this class are found in the list of the kernel. */
    private static final String SOURCE = "stampede-disk";

    private static final Path MOUNTS = Path.of("/proc/mounts");

    /** A broker may remove a file while its disk is filled. */
    private static final int FILL_ATTEMPTS = 100;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts an empty one on {@code folder}, which is created. */
    static SmallDisk mount(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + folder, e);
        }
        ExternalProgram.run(List.of("mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", SOURCE, folder.toString()))
                .succeeded();
        return new SmallDisk(folder);
    }

    /** Unmounts those of a run that was killed. */
    static void unmountAll() {
        try {
            Files.readAllLines(MOUNTS).stream()
                    .map(line -> line.split(" ", -1))
                    .filter(fields -> fields[0].equals(SOURCE))
                    .forEach(fields -> new SmallDisk(Path.of(fields[1].replace("\\040", " "))).close());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + MOUNTS, e);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Writes a file until there is no space left. */
    void fill() {
        for (int attempt = 0; attempt < FILL_ATTEMPTS; attempt++) {
            append();
            if (usableBytes() == 0) {
                return;
            }
        }
        throw new IllegalStateException(folder + " is not full: " + usableBytes() + " bytes are left");
    }

    private long usableBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the free space of " + folder, e);
        }
    }

    /** Writes until that fails. */
    private void append() {
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (long bytes = 0; bytes <= (long) MEBIBYTES << 20; bytes += BLOCK_BYTES) {
                out.write(block);
            }
        } catch (IOException full) {
            return;
        }
        throw new IllegalStateException(folder + " is larger than " + MEBIBYTES + " MiB: it is not mounted");
    }

    /** Removes that file. */
    void free() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + filler(), e);
        }
    }

    /** Unmounts it with everything on it. */
    @Override
    public void close() {
        ExternalProgram.run(List.of("umount", "--lazy", folder.toString())).succeeded();
    }
}
