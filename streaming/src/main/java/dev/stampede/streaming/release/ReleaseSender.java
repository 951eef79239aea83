package dev.stampede.streaming.release;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.streaming.kafka.TopicSender;
import dev.stampede.streaming.wire.SingleObject;
import java.util.List;
import java.util.Map;

/** Writes releases to the models topic, in order. */
public final class ReleaseSender {
    private ReleaseSender() {}

    /**
     * Writes {@code releases}, waits until all are stored and returns the offset of the first.
     *
     * @param client the client configuration
     * @throws dev.stampede.streaming.kafka.TopicWriteException if one is not stored
     */
    public static long send(Map<String, Object> client, String topic, List<ModelRelease> releases) {
        try (TopicSender sender = TopicSender.open(client, topic)) {
            long first = -1;
            for (ModelRelease release : releases) {
                long offset = sender.sendAndWait(release.getSha256(), SingleObject.write(release));
                first = first < 0 ? offset : first;
            }
            return first;
        }
    }
}
