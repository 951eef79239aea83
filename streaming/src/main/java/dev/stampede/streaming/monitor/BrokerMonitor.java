package dev.stampede.streaming.monitor;

import dev.stampede.streaming.kafka.TopicProbe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the brokers answer and the topics can be used, as of the last call of {@link #check}. A separate client asks
 * them: the clients of a stream wait silently for a broker, and a producer a whole minute for a deleted topic. Thread-safe.
 */
public final class BrokerMonitor implements AutoCloseable {
    /** Between two checks. */
    public static final Duration INTERVAL = Duration.ofSeconds(3);

    /** Longer than an interval with a slow answer, so that a pause of a broker is not an outage. */
    static final Duration MAX_SILENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(BrokerMonitor.class);

    private final Supplier<List<String>> question;
    private final Runnable close;
    private final Clock clock;
    private volatile Instant answered;
    private volatile List<String> problems = List.of();

    /**
     * A monitor that starts with brokers that have just answered.
     *
     * @param question the problems of the topics; throws {@link KafkaException} if no broker answers
     */
    BrokerMonitor(Supplier<List<String>> question, Runnable close, Clock clock) {
        this.question = question;
        this.close = close;
        this.clock = clock;
        answered = clock.instant();
    }

    /** A monitor of the topics of {@code probe}, which it closes. */
    public static BrokerMonitor of(TopicProbe probe, Clock clock) {
        return new BrokerMonitor(probe::problems, probe::close, clock);
    }

    /** Asks the brokers and waits for the answer, up to some seconds. */
    public synchronized void check() {
        List<String> now;
        try {
            now = question.get();
        } catch (KafkaException e) {
            return; // brokers() compares the time of the last answer
        }
        answered = clock.instant();
        if (!now.equals(problems)) {
            if (now.isEmpty()) {
                LOG.info("All topics can be used again");
            } else {
                LOG.atWarn()
                        .addKeyValue("problem", String.join("; ", now))
                        .log("The stream cannot use all of its topics");
            }
            problems = List.copyOf(now);
        }
    }

    /** What was wrong with the topics at the last answer, each problem with its topic. */
    public List<String> topicProblems() {
        return problems;
    }

    /** Whether a broker has answered lately. */
    public HealthCheck brokers() {
        Instant last = answered;
        return Duration.between(last, clock.instant()).compareTo(MAX_SILENCE) < 0
                ? new HealthCheck("kafka", true, "brokers answer")
                : new HealthCheck(
                        "kafka", false, "no broker has answered since " + last.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether every topic exists and may be used. */
    public HealthCheck topics() {
        List<String> last = problems;
        return new HealthCheck(
                "topics", last.isEmpty(), last.isEmpty() ? "exist and may be used" : String.join("; ", last));
    }

    @Override
    public void close() {
        close.run();
    }
}
