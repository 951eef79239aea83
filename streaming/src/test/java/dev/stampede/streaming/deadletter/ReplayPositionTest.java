package dev.stampede.streaming.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.wire.ErrorClass;
import java.util.EnumSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class ReplayPositionTest {
    @Test
    void beginsWithNothingReplayed() {
        ReplayPosition position = ReplayPosition.of(null);
        assertThat(position.start()).isZero();
        assertThat(position.hasReplayed(ErrorClass.NULL_VALUE, 0)).isFalse();
    }

    @Test
    void remembersEveryClassForItself() {
        ReplayPosition position = ReplayPosition.of(null);
        position.advance(Set.of(ErrorClass.NULL_VALUE), 10);
        ReplayPosition read = ReplayPosition.of(position.toCommit());
        assertThat(read.hasReplayed(ErrorClass.NULL_VALUE, 9)).isTrue();
        assertThat(read.hasReplayed(ErrorClass.NULL_VALUE, 10)).isFalse();
        assertThat(read.hasReplayed(ErrorClass.CORRUPT_AVRO, 9)).isFalse();
        assertThat(read.start()).isZero();
    }

    @Test
    void startsWhereEveryClassIsDone() {
        ReplayPosition position = ReplayPosition.of(null);
        position.advance(EnumSet.allOf(ErrorClass.class), 10);
        position.advance(Set.of(ErrorClass.NULL_VALUE), 20);
        assertThat(position.toCommit().offset()).isEqualTo(10);
        assertThat(ReplayPosition.of(position.toCommit()).start()).isEqualTo(10);
    }

    @Test
    void goesBackForNothing() {
        ReplayPosition position = ReplayPosition.of(null);
        position.advance(Set.of(ErrorClass.NULL_VALUE), 20);
        position.advance(Set.of(ErrorClass.NULL_VALUE), 10);
        assertThat(position.hasReplayed(ErrorClass.NULL_VALUE, 15)).isTrue();
    }

    @Test
    void takesTheOffsetThatAnotherToolHasSetForTheGroup() {
        ReplayPosition position = ReplayPosition.of(new OffsetAndMetadata(7, ""));
        assertThat(position.start()).isEqualTo(7);
        assertThat(position.hasReplayed(ErrorClass.CORRUPT_AVRO, 6)).isTrue();
    }
}
