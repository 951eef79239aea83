package dev.stampede.streaming.topology;

import dev.stampede.streaming.scoring.Scoring;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The topology: alerts in, one classification or one dead letter out for each, a request where a map is to follow, and
 * what a shadow says where there is one. No state, no store.
 */
public final class VerdictTopology {
    static final String CLASSIFICATIONS = "classifications";
    static final String DEAD_LETTERS = "dead-letters";
    static final String SHADOW_CLASSIFICATIONS = "shadow-classifications";
    static final String EXPLANATION_REQUESTS = "explanation-requests";
    private static final String ALERTS = "alerts";
    private static final String VERDICTS = "verdicts";

    private VerdictTopology() {}

    /** The topology that reads and writes {@code topics} and judges with {@code scoring}. */
    public static Topology of(Topics topics, Scoring scoring) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        DeadLetterLog log = new DeadLetterLog();
        Topology topology = new Topology()
                .addSource(ALERTS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topics.alerts())
                .addProcessor(VERDICTS, () -> new VerdictProcessor(scoring, log), ALERTS)
                .addSink(CLASSIFICATIONS, topics.classifications(), bytes, bytes, VERDICTS)
                .addSink(DEAD_LETTERS, topics.deadLetters(), bytes, bytes, VERDICTS)
                .addSink(SHADOW_CLASSIFICATIONS, topics.shadowClassifications(), bytes, bytes, VERDICTS);
        boolean asks = scoring.explaining()
                .filter(explaining -> explaining.settings().explainsLater())
                .isPresent();
        return asks
                ? topology.addSink(EXPLANATION_REQUESTS, topics.explanationRequests(), bytes, bytes, VERDICTS)
                : topology;
    }
}
