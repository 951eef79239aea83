package dev.stampede.systemtests.harness;

import dev.stampede.streaming.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;

/** A single broker in this process. */
public final class LocalBroker implements Broker {
    private final Path data;
    private EmbeddedBroker broker;

    private LocalBroker(Path data, EmbeddedBroker broker) {
        this.data = data;
        this.broker = broker;
    }

    /** Starts a broker with its data in {@code data}. */
    public static LocalBroker open(Path data) {
        return new LocalBroker(data, EmbeddedBroker.open(data, 0));
    }

    @Override
    public String address() {
        return broker.address();
    }

    public void createTopics(int partitions, List<String> names) {
        broker.createTopics(partitions, names);
    }

    @Override
    public void restart() {
        broker.close();
        start();
    }

    @Override
    public void start() {
        String address = broker.address();
        broker = EmbeddedBroker.open(data, Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    @Override
    public void kill() {
        broker.close();
    }

    @Override
    public void close() {
        broker.close();
    }
}
