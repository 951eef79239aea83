package dev.stampede.streaming.explain;

import dev.stampede.streaming.settings.TopicNames;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** The topology of explanations: requests in, classifications with their maps out. Stateless. */
final class ExplanationTopology {
    private static final String REQUESTS = "explanation-requests";
    private static final String MAPS = "maps";

    private ExplanationTopology() {}

    static Topology of(TopicNames topics, RequestExplainerFactory factory) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new Topology()
                .addSource(
                        REQUESTS,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.explanationRequests())
                .addProcessor(MAPS, () -> new ExplanationProcessor(factory), REQUESTS)
                .addSink("explanations", topics.explanations(), bytes, bytes, MAPS);
    }
}
