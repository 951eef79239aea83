package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alerts of a file of packets as records, in order: the next one only after the one before. Not thread-safe. */
final class PacketAlerts implements AutoCloseable {
    private final Path file;
    private final SkippedFiles skipped;
    private @Nullable PacketFile packets;
    private Iterator<byte[]> alerts = Collections.emptyIterator();
    private String name;
    private long inFile;
    private long read;
    private byte[] current = {};

    private PacketAlerts(Path file, SkippedFiles skipped) {
        this.file = file;
        this.skipped = skipped;
        name = file.toString();
    }

    /**
     * A source of all alerts in {@code file}, which is read once to count them.
     *
     * @throws InvalidInputException if it can be read only once
     */
    static AlertSource source(Path file, SkippedFiles skipped) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException("Cannot send the packets in " + file
                    + ": it is a pipe, which can be read only once; write its content to a file.");
        }
        PacketAlerts alerts = new PacketAlerts(file, skipped);
        return new AlertSource(
                count(file), number -> alerts.at(number).key(), number -> alerts.at(number).current, alerts::close);
    }

    /** The number of alerts in {@code file}. */
    static long count(Path file) {
        try (PacketFile packets = PacketFile.open(file, new SkippedFiles())) {
            long count = 0;
            for (Optional<byte[]> packet = packets.next(PacketAlerts::refuse);
                    packet.isPresent();
                    packet = packets.next(PacketAlerts::refuse)) {
                count += SingleAlerts.count(packet.get());
            }
            return count;
        }
    }

    private static void refuse(FileAccessException damaged) {
        throw damaged;
    }

    private PacketAlerts at(long number) {
        while (read <= number) {
            advance();
        }
        return this;
    }

    private void advance() {
        if (packets == null) {
            packets = PacketFile.open(file, skipped);
        }
        if (!alerts.hasNext()) {
            alerts = SingleAlerts.of(packets.next(PacketAlerts::refuse)
                            .orElseThrow(() -> new IllegalStateException(file + " became shorter while it was sent")))
                    .iterator();
            inFile = packets.name().equals(name) ? inFile : 0;
            name = packets.name();
        }
        current = alerts.next();
        inFile++;
        read++;
    }

    /** The name of the file; after the first alert in it also the number of the alert, from 0. */
    private String key() {
        String plain = name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.avro(\\.gz)?$", "");
        return inFile == 1 ? plain : String.format(Locale.ROOT, "%s-%010d", plain, inFile - 1);
    }

    @Override
    public void close() {
        if (packets != null) {
            packets.close();
        }
    }
}
