package dev.stampede.streaming.release;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record of the topic of models holds no release that this version understands; the message says where and why. */
final class UnreadableReleaseException extends Exception {
    UnreadableReleaseException(ConsumerRecord<byte[], byte[]> record, String why) {
        super("the record at offset " + record.offset() + " of " + record.topic() + " " + why);
    }
}
