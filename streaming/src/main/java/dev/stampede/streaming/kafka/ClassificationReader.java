package dev.stampede.streaming.kafka;

import dev.stampede.schemas.Classification;
import dev.stampede.streaming.publish.RecordDecoder;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.registry.SchemasUnavailableException;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes the records of topics that hold only classifications. Not thread-safe. */
public final class ClassificationReader {
    private final RecordDecoder<Classification> decoder;

    /** @param schemas the source of the schemas of records that carry only a schema id */
    public ClassificationReader(SchemaSource schemas) {
        decoder = new RecordDecoder<>(Classification.class, schemas);
    }

    /**
     * Decodes a record.
     *
     * @throws TopicReadException if the record is not a classification, or its schema is unknown
     */
    public Classification decode(ConsumerRecord<byte[], byte[]> record) {
        String action = "Cannot read the record at offset " + record.offset() + " of " + record.topic() + "-"
                + record.partition() + " as a classification: ";
        if (record.value() == null) {
            throw new TopicReadException(action + "it has no value");
        }
        try {
            return decoder.decode(record.value());
        } catch (IOException | SchemasUnavailableException e) {
            throw new TopicReadException(action + e.getMessage(), e);
        }
    }
}
