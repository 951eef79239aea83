package dev.stampede.streaming.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicCheckTest {
    @Test
    void reportsAResponseThatDoesNotArriveAsATimeoutOfKafka() {
        KafkaFutureImpl<String> silent = new KafkaFutureImpl<>() {
            @Override
            public String get(long timeout, TimeUnit unit) throws TimeoutException {
                throw new TimeoutException();
            }
        };
        assertThatThrownBy(() -> TopicCheck.get(silent))
                .isInstanceOf(org.apache.kafka.common.errors.TimeoutException.class)
                .hasMessage("no response within 10 s");
    }
}
