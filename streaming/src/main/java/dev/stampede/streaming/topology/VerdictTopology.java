package dev.stampede.streaming.topology;

import dev.stampede.streaming.deadletter.DeadLetterLog;
import dev.stampede.streaming.explain.StampExplainerFactory;
import dev.stampede.streaming.publish.OutputRecords;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.settings.AlertTopics;
import dev.stampede.streaming.settings.TopicNames;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/**
 * The topology: alerts in; one classification or dead letter out for each, plus a request if a map is to follow and the
 * shadow's classification if there is a shadow. Stateless.
 */
public final class VerdictTopology {
    static final String CLASSIFICATIONS = "classifications";
    static final String DEAD_LETTERS = "dead-letters";
    static final String SHADOW_CLASSIFICATIONS = "shadow-classifications";
    static final String EXPLANATION_REQUESTS = "explanation-requests";
    private static final String ALERTS = "alerts";
    private static final String VERDICTS = "verdicts";

    private VerdictTopology() {}

    /** The topology that scores with {@code scoring} and explains nothing. */
    public static Topology of(TopicNames topics, AlertScorerFactory scoring) {
        return of(topics, scoring, StampExplainerFactory.none(scoring));
    }

    /** The topology that scores with {@code scoring} and publishes or requests the explanations of {@code explainers}. */
    public static Topology of(TopicNames topics, AlertScorerFactory scoring, StampExplainerFactory explainers) {
        return of(
                AlertTopics.parse("alerts", topics.alerts()),
                topics,
                scoring,
                explainers,
                OutputRecords.ofDefault(),
                () -> {});
    }

    /**
     * The same with the input topics {@code alerts}, and with records as {@code output} writes them.
     *
     * @param afterSmallPoll runs on a stream thread when all outcomes of a poll of few records are with its producer
     */
    public static Topology of(
            AlertTopics alerts,
            TopicNames topics,
            AlertScorerFactory scoring,
            StampExplainerFactory explainers,
            OutputRecords output,
            Runnable afterSmallPoll) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        DeadLetterLog log = new DeadLetterLog();
        Topology topology = from(alerts)
                .addProcessor(
                        VERDICTS, () -> new VerdictProcessor(scoring, explainers, output, log, afterSmallPoll), ALERTS)
                .addSink(CLASSIFICATIONS, topics.classifications(), bytes, bytes, VERDICTS)
                .addSink(DEAD_LETTERS, topics.deadLetters(), bytes, bytes, VERDICTS)
                .addSink(SHADOW_CLASSIFICATIONS, topics.shadowClassifications(), bytes, bytes, VERDICTS);
        return explainers.settings().explainsLater()
                ? topology.addSink(EXPLANATION_REQUESTS, topics.explanationRequests(), bytes, bytes, VERDICTS)
                : topology;
    }

    private static Topology from(AlertTopics alerts) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        return alerts.pattern()
                .map(pattern -> new Topology().addSource(ALERTS, bytes, bytes, pattern))
                .orElseGet(() -> new Topology()
                        .addSource(ALERTS, bytes, bytes, alerts.names().toArray(String[]::new)));
    }
}
