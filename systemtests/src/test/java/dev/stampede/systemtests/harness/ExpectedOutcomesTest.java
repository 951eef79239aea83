package dev.stampede.systemtests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.settings.TopicNames;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ExpectedOutcomesTest {
    @Test
    void exactlyTheUndecodableAlertsMayBeDeadLetters() throws IOException {
        try (StampModel model = StampModel.open(ModelFile.shipped())) {
            ExpectedOutcomes expected =
                    new ExpectedOutcomes(AlertPool.of(model.contract().planes(), 10));
            expected.corrupt(200, 210);
            for (long number = 0; number < 400; number++) {
                boolean undecodable = number % 100 == 99 || (number >= 200 && number < 210 && number % 2 == 0);
                assertThat(expected.isRight(number, deadLetter(number)))
                        .as("alert %d", number)
                        .isEqualTo(undecodable);
            }
        }
    }

    private static ConsumerRecord<byte[], byte[]> deadLetter(long number) {
        return new ConsumerRecord<>(TopicNames.DEFAULT.deadLetters(), 0, 0, AlertPool.key(number), new byte[] {1});
    }
}
