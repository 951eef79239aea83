package dev.stampede.streaming.scoring;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Carries an outcome on its record from the poll to the processor, inside this JVM. A header read from Kafka is never an
 * instance of this class, so an outcome cannot be forged.
 */
public final class OutcomeHeader implements Header {
    private static final String KEY = "stampede.outcome";

    private final Outcome outcome;
    private final Poll poll;

    private OutcomeHeader(Outcome outcome, Poll poll) {
        this.outcome = outcome;
        this.poll = poll;
    }

    static void attach(Headers headers, Outcome outcome, Poll poll) {
        headers.add(new OutcomeHeader(outcome, poll));
    }

    /** The outcome that was attached to these headers in this JVM, if any. */
    public static Optional<Outcome> outcomeOn(Headers headers) {
        return headers.lastHeader(KEY) instanceof OutcomeHeader attached
                ? Optional.of(attached.outcome)
                : Optional.empty();
    }

    /** Counts the record as processed; whether it is the last one of a small poll. For the thread of the poll. */
    public static boolean endsSmallPoll(Headers headers) {
        return headers.lastHeader(KEY) instanceof OutcomeHeader attached && attached.poll.endsWithThis();
    }

    @Override
    public String key() {
        return KEY;
    }

    /** Empty: an outcome is never serialised. */
    @Override
    public byte[] value() {
        return new byte[0];
    }
}
