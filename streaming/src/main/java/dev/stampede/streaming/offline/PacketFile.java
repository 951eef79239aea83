package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.file.Gzip;
import dev.stampede.streaming.wire.ContainerFile;
import dev.stampede.streaming.wire.ContainerStream;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The packets in a file, one after the other: one packet, a container file of any number of alerts, or a tar archive of
 * them, each in gzip or not. Nothing is unpacked whole. Not thread-safe.
 */
public final class PacketFile implements AutoCloseable {
    /** Enough to recognise any file: the size of the first header of a tar archive. */
    private static final int FIRST_BYTES = 512;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final SkippedFiles skipped;
    private final InputStream content;
    private final @Nullable TarArchiveInputStream archive;
    private String name;
    private @Nullable Entry entry;
    private boolean isOver;

    /** The packets of one file, or of one file in an archive. */
    private static final class Entry {
        private final InputStream content;
        private final @Nullable ContainerStream container;
        private boolean isRead;

        Entry(InputStream unpacked) throws IOException {
            content = unpacked;
            container = ContainerFile.frames(peek(content, FIRST_BYTES))
                    ? new ContainerStream(content, InputFiles.MAX_PACKET_BYTES)
                    : null;
        }

        Optional<byte[]> next() throws IOException {
            if (container != null) {
                return container.next();
            }
            Optional<byte[]> whole =
                    isRead ? Optional.empty() : Optional.of(content.readNBytes(InputFiles.MAX_PACKET_BYTES + 1));
            isRead = true;
            return whole;
        }
    }

    private PacketFile(Path file, InputStream content, SkippedFiles skipped) throws IOException {
        this.file = file;
        name = file.toString();
        this.content = content;
        this.skipped = skipped;
        byte[] first = peek(content, FIRST_BYTES);
        archive = TarArchiveInputStream.matches(first, first.length) ? new TarArchiveInputStream(content) : null;
    }

    /**
     * Opens {@code file}.
     *
     * @param skipped receives the files in an archive that are no packets by their names
     * @throws FileAccessException if it cannot be read, or is damaged
     */
    public static PacketFile open(Path file, SkippedFiles skipped) {
        try {
            InputStream plain = Files.isRegularFile(file) ? Files.newInputStream(file) : pipe(file);
            try {
                return new PacketFile(file, unpacked(plain), skipped);
            } catch (IOException | RuntimeException failure) {
                plain.close();
                throw failure;
            }
        } catch (IOException e) {
            throw FileAccessException.reading(file, e);
        }
    }

    /** A pipe cannot seek; a sequence skips by reading. */
    private static InputStream pipe(Path file) throws IOException {
        return new SequenceInputStream(new FileInputStream(file.toFile()), InputStream.nullInputStream());
    }

    /** The content, decompressed if it is gzip. */
    private static InputStream unpacked(InputStream plain) throws IOException {
        InputStream buffered = new BufferedInputStream(plain, BUFFER_BYTES);
        byte[] first = peek(buffered, Gzip.MAGIC_BYTES);
        return Gzip.begins(first, first.length)
                ? new BufferedInputStream(new GZIPInputStream(buffered, BUFFER_BYTES), BUFFER_BYTES)
                : buffered;
    }

    private static byte[] peek(InputStream buffered, int length) throws IOException {
        buffered.mark(length);
        byte[] first = buffered.readNBytes(length);
        buffered.reset();
        return first;
    }

    /**
     * The next packet: what a record of the topic could hold, with one alert or several.
     *
     * @param damaged receives one exception for each damage of the file, or of {@link #name one} in an archive; reading
     *     continues with the one after it
     * @return empty after the last
     */
    public Optional<byte[]> next(Consumer<FileAccessException> damaged) {
        boolean isReported = false;
        while (true) {
            try {
                Entry current = entry == null ? begin() : entry;
                Optional<byte[]> packet = current == null ? Optional.empty() : current.next();
                if (current == null || packet.isPresent()) {
                    return packet;
                }
                end();
            } catch (IOException e) {
                end();
                if (!isOver || !isReported) { // what damages a file may also end its archive
                    isReported = true;
                    damaged.accept(FileAccessException.reading(name, e));
                }
            }
        }
    }

    /** Begins the next file; null after the last. */
    private @Nullable Entry begin() throws IOException {
        if (isOver) {
            return null;
        }
        isOver = true; // also after an exception
        if (archive == null) {
            entry = new Entry(content);
            return entry;
        }
        name = file.toString();
        for (TarArchiveEntry next = archive.getNextEntry(); next != null; next = archive.getNextEntry()) {
            String inside = file + "/" + next.getName().replaceFirst("^/+", "");
            if (next.isFile() && InputFiles.isPacketInArchive(inside)) {
                name = inside;
                isOver = false;
                entry = new Entry(unpacked(withoutClose(archive)));
                return entry;
            }
            if (next.isFile()) {
                skipped.add(inside);
            }
        }
        return null;
    }

    private static InputStream withoutClose(InputStream archive) {
        return new FilterInputStream(archive) {
            @Override
            public void close() {
                // the next file follows
            }
        };
    }

    /** Releases the memory of a compressed file in an archive. */
    private void end() {
        try {
            if (entry != null && archive != null) {
                entry.content.close();
            }
        } catch (IOException e) {
            throw FileAccessException.reading(name, e);
        } finally {
            entry = null;
        }
    }

    /** The file of the last packet, or damage; one in an archive is named by the path of the archive and that in it. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        end();
        try {
            content.close();
        } catch (IOException e) {
            throw FileAccessException.reading(file, e);
        }
    }
}
