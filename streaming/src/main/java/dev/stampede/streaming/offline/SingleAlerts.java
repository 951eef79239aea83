package dev.stampede.streaming.offline;

import dev.stampede.streaming.survey.SchemaMismatchException;
import dev.stampede.streaming.survey.WriterSchema;
import dev.stampede.streaming.wire.ContainerFile;
import dev.stampede.streaming.wire.CorruptPacketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Splits a packet with several alerts into packets of one alert each. */
final class SingleAlerts {
    private static final int MAX_BLOCK_BYTES = 8 * InputFiles.MAX_PACKET_BYTES;

    private SingleAlerts() {}

    /** The packets, in order; {@code packet} itself if it does not hold several, or cannot be read. */
    static List<byte[]> of(byte[] packet) {
        if (!ContainerFile.frames(packet)) {
            return List.of(packet);
        }
        try {
            ContainerFile file = ContainerFile.parse(packet);
            if (file.alerts() <= 1) {
                return List.of(packet);
            }
            List<byte[]> single = new ArrayList<>();
            for (ByteBuffer alert : file.alerts(WriterSchema.parse(file.schema().json()), MAX_BLOCK_BYTES)) {
                single.add(file.alone(alert));
            }
            return single;
        } catch (CorruptPacketException | SchemaMismatchException e) {
            return List.of(packet);
        }
    }
}
