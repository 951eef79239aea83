package dev.stampede.streaming.publish;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.registry.SchemaId;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.registry.SchemasUnavailableException;
import dev.stampede.streaming.survey.SchemaBounds;
import dev.stampede.streaming.survey.SchemaMismatchException;
import dev.stampede.streaming.survey.WriterSchema;
import dev.stampede.streaming.wire.AvroJson;
import dev.stampede.streaming.wire.BinaryRecord;
import dev.stampede.streaming.wire.ContainerFile;
import dev.stampede.streaming.wire.CorruptPacketException;
import dev.stampede.streaming.wire.GeneratedClasses;
import dev.stampede.streaming.wire.LruCache;
import dev.stampede.streaming.wire.PixelShape;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.streaming.wire.SchemaBytes;
import dev.stampede.streaming.wire.SingleObject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Decodes the records of a topic that Stampede writes, each in the format of its first bytes, so that a topic may hold
 * several formats. Records whose format carries the schema of their writer are read with it, also if it is older or newer
 * than that of this program. Not thread-safe.
 */
public final class RecordDecoder<T extends SpecificRecord> {
    /** More versions than a topic holds. */
    private static final int MAX_SCHEMAS = 64;

    /** The maximum size of the decompressed block of a container file: many times the largest occlusion map. */
    private static final int MAX_BYTES = 64 << 20;

    private final Class<T> type;
    private final Schema schema;
    private final SchemaSource schemas;
    private final GeneratedClasses classes = new GeneratedClasses();
    private final Map<SchemaBytes, DatumReader<T>> bySchema = new LruCache<>(MAX_SCHEMAS);
    private final Map<Integer, DatumReader<T>> byId = new LruCache<>(MAX_SCHEMAS);

    /** @param schemas the source of schemas for records that carry only a schema id; {@link SchemaSource#NONE} if there is none */
    public RecordDecoder(Class<T> type, SchemaSource schemas) {
        this.type = type;
        this.schema = classes.getSchema(type);
        this.schemas = schemas;
    }

    /**
     * Decodes the value of a Kafka record.
     *
     * @throws IOException if it is not a record of the type, its arrays of pixels have other sizes than it states, or its schema
     *     is unknown
     * @throws SchemasUnavailableException if the source of schemas does not respond
     */
    public T decode(byte[] value) throws IOException {
        RecordFormat format = RecordFormat.of(value)
                .orElseThrow(() -> new IOException("its first bytes match no format that Stampede writes"));
        try {
            T record = switch (format) {
                case OCF -> decodeContainer(value);
                case CONFLUENT -> decodeConfluent(value);
                case JSON -> AvroJson.read(type, value);
                case SINGLE_OBJECT -> SingleObject.read(type, value);
            };
            PixelShape.require(record);
            return record;
        } catch (SchemasUnavailableException unavailable) {
            throw unavailable;
        } catch (EOFException e) {
            throw new IOException("it ends early", e);
        } catch (RuntimeException e) { // Avro throws many kinds of exceptions for foreign bytes
            throw new IOException(FailureReason.of(e), e);
        }
    }

    private T decodeContainer(byte[] value) throws IOException {
        try {
            ContainerFile file = ContainerFile.parse(value);
            SchemaBytes json = file.schema();
            DatumReader<T> reader = bySchema.get(json);
            if (reader == null) {
                reader = readerOf(WriterSchema.parse(json.json()));
                bySchema.put(json.copy(), reader);
            }
            return BinaryRecord.read(reader, file.alert(MAX_BYTES));
        } catch (CorruptPacketException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private T decodeConfluent(byte[] value) throws IOException {
        int id = ByteBuffer.wrap(value).getInt(1);
        DatumReader<T> reader = byId.get(id);
        if (reader == null) {
            if (schemas == SchemaSource.NONE) {
                throw new IOException("it is in Confluent's wire format with the schema id " + id
                        + ": name the schema registry, by the option --schema-registry of a command or by the setting"
                        + " schema.registry.url");
            }
            SchemaId.Numbered numbered = new SchemaId.Numbered(id);
            reader = readerOf(schemas.find(numbered).orElseThrow(() -> new IOException(schemas.whyUnknown(numbered))));
            byId.put(id, reader);
        }
        int start = RecordFormat.CONFLUENT_HEADER_BYTES;
        return BinaryRecord.read(reader, ByteBuffer.wrap(value, start, value.length - start));
    }

    private DatumReader<T> readerOf(Schema writer) throws IOException {
        try {
            SchemaBounds.check(writer);
        } catch (SchemaMismatchException e) {
            throw new IOException(e.getMessage(), e);
        }
        return new SpecificDatumReader<>(writer, schema, classes);
    }
}
