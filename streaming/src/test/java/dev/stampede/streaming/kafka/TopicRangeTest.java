package dev.stampede.streaming.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicRangeTest {
    private static TopicRange range(long firstTo, long secondTo) {
        return new TopicRange("labels", List.of(new OffsetRange(0, 2, firstTo), new OffsetRange(1, 0, secondTo)));
    }

    @Test
    void whatComesAfterAnEarlierRangeBeginsAtItsEnd() {
        assertThat(range(20, 9).after(range(12, 9)).ranges())
                .containsExactly(new OffsetRange(0, 12, 20), new OffsetRange(1, 9, 9));
    }

    @Test
    void allOfATopicThatWasCreatedAgainIsNew() {
        assertThat(range(5, 9).after(range(12, 9)).ranges())
                .containsExactly(new OffsetRange(0, 2, 5), new OffsetRange(1, 9, 9));
    }
}
