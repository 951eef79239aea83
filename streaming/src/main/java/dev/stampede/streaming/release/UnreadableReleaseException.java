package dev.stampede.streaming.release;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of the models topic cannot be decoded as a release; the message says which and why. */
final class UnreadableReleaseException extends Exception {
    UnreadableReleaseException(ConsumerRecord<byte[], byte[]> record, String why) {
        super("the record at offset " + record.offset() + " of " + record.topic() + " " + why);
    }
}
