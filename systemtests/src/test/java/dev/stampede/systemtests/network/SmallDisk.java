package dev.stampede.systemtests.network;

import dev.stampede.systemtests.harness.ExternalProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that can be full. Requires root. */
final class SmallDisk implements AutoCloseable {
    private static final int MEBIBYTES = 1024;
    private static final int BLOCK_BYTES = 1 << 16;

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
        ExternalProgram.run(
                        List.of("mount", "-t", "tmpfs", "-o", "size=" + MEBIBYTES + "m", "stampede", folder.toString()))
                .succeeded();
        return new SmallDisk(folder);
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Writes a file until there is no space left. */
    void fill() {
        byte[] block = new byte[BLOCK_BYTES];
        try (OutputStream out = Files.newOutputStream(filler())) {
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
