package dev.stampede.streaming.demo;

import dev.stampede.schemas.Classification;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.publish.OutcomeReader;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Books what became of each alert of the demo. */
record OutcomeBook(Topics topics, Ledger ledger, Gallery gallery) implements OutcomeReader.Book {
    @Override
    public void enter(ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        long number = AlertNumber.of(outcome.key());
        if (outcome.topic().equals(topics.deadLetters())) {
            ledger.buried(number);
        } else {
            Classification classification = SingleObject.readClassification(outcome.value());
            long age =
                    System.currentTimeMillis() - classification.getIngestTime().toEpochMilli();
            ledger.classified(number, classification.getVerdict(), age);
            gallery.add(number, classification);
        }
    }
}
