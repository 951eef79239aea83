package dev.stampede.streaming.topology;

import dev.stampede.streaming.scoring.RequestScoring;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** The topology of explanations: requests in, verdicts with their maps out. No state, no store. */
final class ExplanationTopology {
    private static final String REQUESTS = "explanation-requests";
    private static final String MAPS = "maps";

    private ExplanationTopology() {}

    static Topology of(Topics topics, RequestScoring scoring) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new Topology()
                .addSource(
                        REQUESTS,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.explanationRequests())
                .addProcessor(MAPS, () -> new ExplanationProcessor(scoring), REQUESTS)
                .addSink("explanations", topics.explanations(), bytes, bytes, MAPS);
    }
}
