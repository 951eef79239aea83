package dev.stampede.streaming.packet;

import dev.stampede.streaming.registry.SchemaId;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SchemaMismatchException;
import dev.stampede.streaming.survey.WriterSchema;
import dev.stampede.streaming.wire.ContainerFile;
import dev.stampede.streaming.wire.CorruptPacketException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The framing of a packet, for display.
 *
 * @param codec the compression codec
 * @param schema the full name of the schema; empty if it is unknown
 */
public record PacketFraming(InputFormat format, String codec, String schema) {
    /** The framing of {@code value}; empty if its first bytes match no known framing. */
    public static Optional<PacketFraming> of(byte[] value, SchemaSource schemas) {
        return InputFormat.AUTO.framing(value).map(format -> switch (format) {
            case OCF -> ofContainer(value);
            case CONFLUENT ->
                new PacketFraming(
                        format, "null", name(schemas, ByteBuffer.wrap(value).getInt(1)));
            default -> new PacketFraming(format, "null", "");
        });
    }

    private static PacketFraming ofContainer(byte[] value) {
        try {
            ContainerFile file = ContainerFile.parse(value);
            String codec = file.codec().name().toLowerCase(Locale.ROOT);
            return new PacketFraming(
                    InputFormat.OCF,
                    codec,
                    WriterSchema.parse(file.schema().json()).getFullName());
        } catch (CorruptPacketException | SchemaMismatchException e) {
            return new PacketFraming(InputFormat.OCF, "", "");
        }
    }

    private static String name(SchemaSource schemas, int id) {
        try {
            return "id " + id
                    + schemas.find(new SchemaId.Numbered(id))
                            .map(Schema::getFullName)
                            .map(name -> ", " + name)
                            .orElse("");
        } catch (SchemaMismatchException e) {
            return "id " + id;
        }
    }
}
