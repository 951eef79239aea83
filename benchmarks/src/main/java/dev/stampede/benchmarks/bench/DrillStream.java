package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A broker of its own, and what sends to it: what every scene has. */
final class DrillStream implements AutoCloseable {
    private static final int PARTITIONS = 2;

    private final Path data;
    private final DrillFeed feed;
    private final String name;
    private EmbeddedBroker broker;

    private DrillStream(String name, Path data, EmbeddedBroker broker) {
        this.name = name;
        this.data = data;
        this.broker = broker;
        this.feed = DrillFeed.start(broker.address());
    }

    /** Starts a broker whose data go into {@code folder}, for the stream {@code name}. */
    static DrillStream open(Path folder, String name) {
        Path data = folder.resolve(name + "-broker");
        return new DrillStream(name, data, EmbeddedBroker.open(data, 0));
    }

    /** What a user would set for a stream with the model {@code model}, beyond the defaults. */
    Map<String, String> settings(Path model) {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.address(),
                "application.id",
                name,
                "model.path",
                model.toString(),
                "topics.create",
                "true",
                "topics.partitions",
                String.valueOf(PARTITIONS),
                "http.port",
                "0"));
    }

    DrillFeed feed() {
        return feed;
    }

    EmbeddedBroker broker() {
        return broker;
    }

    void stopBroker() {
        broker.close();
    }

    /** Starts the broker again, on its data and where it was. */
    void restartBroker() {
        String address = broker.address();
        broker = EmbeddedBroker.open(data, Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    @Override
    public void close() {
        feed.close();
        broker.close();
    }
}
