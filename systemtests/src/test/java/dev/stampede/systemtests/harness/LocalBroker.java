package dev.stampede.systemtests.harness;

import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A single broker in this process. */
public final class LocalBroker implements Broker {
    private final Path data;
    private final Map<String, String> settings;
    private EmbeddedBroker broker;

    private LocalBroker(Path data, Map<String, String> settings) {
        this.data = data;
        this.settings = settings;
        this.broker = open(0);
    }

    /** Starts a broker with its data in {@code data}. */
    public static LocalBroker open(Path data) {
        return open(data, Map.of());
    }

    /** Starts a broker with its data in {@code data}, and with {@code settings} that override its configuration. */
    public static LocalBroker open(Path data, Map<String, String> settings) {
        return new LocalBroker(data, settings);
    }

    private EmbeddedBroker open(int port) {
        return EmbeddedBroker.open(data, BrokerSettings.singleNode(port).with(settings));
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
        broker = open(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
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
