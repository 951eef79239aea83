package dev.stampede.streaming.kafka;

import dev.stampede.schemas.Classification;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes the records of topics that hold only classifications. */
public final class ClassificationRecords {
    private ClassificationRecords() {}

    /**
     * Decodes a record.
     *
     * @throws TopicReadException if the record is not a classification
     */
    public static Classification decode(ConsumerRecord<byte[], byte[]> record) {
        String position = "The record at offset " + record.offset() + " of " + record.topic() + "-" + record.partition()
                + " is not a classification";
        try {
            if (record.value() != null) {
                return SingleObject.readClassification(record.value());
            }
        } catch (IOException | RuntimeException e) { // Avro throws many kinds of exceptions for foreign bytes
            throw new TopicReadException(position + ": " + e.getMessage(), e);
        }
        throw new TopicReadException(position + ": it has no value");
    }
}
