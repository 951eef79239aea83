package dev.stampede.streaming.offline;

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
    private Path name;
    private long inFile;
    private long read;
    private byte[] current = {};

    private PacketAlerts(Path file, SkippedFiles skipped) {
        this.file = file;
        this.skipped = skipped;
        name = file;
    }

    /** A source of all alerts in {@code file}, which is read once to count them. */
    static AlertSource source(Path file, SkippedFiles skipped) {
        PacketAlerts alerts = new PacketAlerts(file, skipped);
        return new AlertSource(
                count(file), number -> alerts.at(number).key(), number -> alerts.at(number).current, alerts::close);
    }

    /** The number of alerts in {@code file}. */
    static long count(Path file) {
        try (PacketFile packets = PacketFile.open(file, new SkippedFiles())) {
            long count = 0;
            for (Optional<byte[]> packet = packets.next(); packet.isPresent(); packet = packets.next()) {
                count += SingleAlerts.count(packet.get());
            }
            return count;
        }
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
            alerts = SingleAlerts.of(packets.next()
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
        String plain = String.valueOf(name.getFileName()).replaceFirst("\\.avro(\\.gz)?$", "");
        return inFile == 1 ? plain : String.format(Locale.ROOT, "%s-%010d", plain, inFile - 1);
    }

    @Override
    public void close() {
        if (packets != null) {
            packets.close();
        }
    }
}
