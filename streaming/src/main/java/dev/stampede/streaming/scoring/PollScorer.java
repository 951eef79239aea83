package dev.stampede.streaming.scoring;

import dev.stampede.streaming.packet.AlertRecord;
import java.util.List;

/** Turns the values of a poll into outcomes; one instance per thread. */
public interface PollScorer extends AutoCloseable {
    /**
     * One outcome for each record, in order; its value may be null. Throws only for reasons independent of a value, such as
     * a failure of the engine.
     */
    List<Outcome> scoreRecords(List<AlertRecord> records);

    /** The same for values whose schema does not depend on their record. */
    default List<Outcome> score(List<byte[]> values) {
        return scoreRecords(values.stream().map(AlertRecord::of).toList());
    }

    @Override
    void close();
}
