package dev.stampede.streaming.offline;

import dev.stampede.streaming.survey.SchemaMismatchException;
import dev.stampede.streaming.survey.WriterSchema;
import dev.stampede.streaming.wire.ContainerFile;
import dev.stampede.streaming.wire.CorruptPacketException;
import java.util.stream.Stream;

/** Splits a packet with several alerts into packets of one alert each. */
final class SingleAlerts {
    private static final int MAX_BLOCK_BYTES = 8 * InputFiles.MAX_PACKET_BYTES;

    private SingleAlerts() {}

    /** The number of the packets, none of which is created. */
    static long count(byte[] packet) {
        return of(packet).count(); // known from the list of positions
    }

    /**
     * The packets, in order, each created when it is taken, as it repeats the schema; {@code packet} itself if it does not hold
     * several, or cannot be read.
     */
    static Stream<byte[]> of(byte[] packet) {
        if (!ContainerFile.frames(packet)) {
            return Stream.of(packet);
        }
        try {
            ContainerFile file = ContainerFile.parse(packet);
            if (file.alerts() <= 1) {
                return Stream.of(packet);
            }
            return file.alerts(WriterSchema.parse(file.schema().json()), MAX_BLOCK_BYTES).stream()
                    .map(file::alone);
        } catch (CorruptPacketException | SchemaMismatchException e) {
            return Stream.of(packet);
        }
    }
}
