package dev.stampede.streaming.kafka;

import dev.stampede.streaming.packet.AlertRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Kafka records as what a decoder of alerts needs of them. */
public final class AlertRecords {
    private AlertRecords() {}

    public static AlertRecord of(ConsumerRecord<byte[], byte[]> record) {
        return of(record.key(), record.value(), record.headers());
    }

    public static AlertRecord of(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        Header schemaId = headers.lastHeader(AlertRecord.SCHEMA_ID_HEADER);
        return new AlertRecord(key, value, schemaId == null ? null : schemaId.value());
    }
}
