package dev.stampede.streaming.packet;

import dev.stampede.streaming.schemasource.SchemaSource;
import dev.stampede.streaming.survey.SchemaMismatchException;
import dev.stampede.streaming.survey.WriterSchema;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * How an alert was packed, for people to look at.
 *
 * @param format the framing
 * @param codec how the framing compresses it
 * @param schema the full name of its schema; empty where it cannot be found
 */
public record Wrapping(InputFormat format, String codec, String schema) {
    /** The wrapping of {@code value}; empty where it starts like no framing that is known. */
    public static Optional<Wrapping> of(byte[] value, SchemaSource schemas) {
        return InputFormat.AUTO.framing(value).map(format -> switch (format) {
            case OCF -> ofContainer(value);
            case CONFLUENT ->
                new Wrapping(
                        format, "null", name(schemas, ByteBuffer.wrap(value).getInt(1)));
            default -> new Wrapping(format, "null", "");
        });
    }

    private static Wrapping ofContainer(byte[] value) {
        try {
            ContainerFile file = ContainerFile.parse(value);
            String codec = file.codec().name().toLowerCase(Locale.ROOT);
            return new Wrapping(
                    InputFormat.OCF,
                    codec,
                    WriterSchema.parse(file.schema().json()).getFullName());
        } catch (CorruptPacketException | SchemaMismatchException e) {
            return new Wrapping(InputFormat.OCF, "", "");
        }
    }

    private static String name(SchemaSource schemas, int id) {
        try {
            return "number " + id
                    + schemas.byId(id)
                            .map(Schema::getFullName)
                            .map(name -> ", " + name)
                            .orElse("");
        } catch (SchemaMismatchException e) {
            return "number " + id;
        }
    }
}
