package dev.stampede.streaming.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of an embedded broker. Every node is broker and controller, and listens on one address.
 *
 * @param node its number in its cluster, from 1
 * @param clientPort the port of the client listener; 0 for a free port
 * @param controllers the addresses, HOST:PORT, of the controller listeners of its cluster, by node; a node has one host
 * @param settings broker configuration that overrides the defaults
 */
public record BrokerSettings(int node, int clientPort, List<String> controllers, Map<String, String> settings) {
    private static final String LOOPBACK = "127.0.0.1";
    static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENTS = "PLAINTEXT";

    /** More than the default of alert.max-bytes, with the headers of a dead letter. */
    private static final String MAX_MESSAGE_BYTES = String.valueOf(8 << 20);

    private static final String FIRST_ASSIGNMENT_DELAY = "group.initial.rebalance.delay.ms";
    private static final String STREAMS_FIRST_ASSIGNMENT_DELAY = "group.streams.initial.rebalance.delay.ms";

    private static final int MAX_REPLICAS = 3;
    private static final int MAX_MIN_IN_SYNC = 2;

    /** Shorter than the defaults, 45 s and 10 s, which allow for slow networks. */
    private static final Map<String, String> FAILOVER = Map.of(
            "group.streams.min.session.timeout.ms", "6000",
            "group.streams.session.timeout.ms", "6000",
            "group.streams.min.heartbeat.interval.ms", "1000",
            "group.streams.heartbeat.interval.ms", "2000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    /** A single node need not wait for others. */
    private static final Map<String, String> SINGLE_NODE =
            Map.of("controller.quorum.election.timeout.ms", "100", "broker.heartbeat.interval.ms", "500");

    public BrokerSettings {
        controllers = List.copyOf(controllers);
        settings = Map.copyOf(settings);
        if (node < 1 || node > controllers.size()) {
            throw new IllegalArgumentException("node " + node + " of " + controllers.size());
        }
    }

    /** A cluster of one broker, on the loopback address. */
    public static BrokerSettings singleNode(int clientPort) {
        return new BrokerSettings(1, clientPort, List.of(LOOPBACK + ":" + EmbeddedBroker.freePort(0)), Map.of());
    }

    /**
     * With a delay before the first assignment of a group, 300 ms, so that all threads of a stream join before it. Without
     * it the first thread gets all partitions, and works alone until the next assignment.
     */
    public BrokerSettings waitingForThreads() {
        return with(Map.of(FIRST_ASSIGNMENT_DELAY, "300", STREAMS_FIRST_ASSIGNMENT_DELAY, "300"));
    }

    /** With additional settings. */
    public BrokerSettings with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return new BrokerSettings(node, clientPort, controllers, all);
    }

    /** The host of the node. */
    String host() {
        String controller = controllers.get(node - 1);
        return controller.substring(0, controller.lastIndexOf(':'));
    }

    /** The broker configuration of the node, with its data directory and its actual client port. */
    Map<String, String> config(String directory, int actualPort) {
        Map<String, String> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", String.valueOf(node));
        config.put("controller.quorum.voters", voters());
        config.put("controller.listener.names", CONTROLLER);
        config.put("listeners", listeners(actualPort));
        config.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        config.put("log.dir", directory);
        config.put("auto.create.topics.enable", "false");
        config.put("message.max.bytes", MAX_MESSAGE_BYTES); // Kafka's default is 1 MiB
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.num.partitions", "4");
        config.put(FIRST_ASSIGNMENT_DELAY, "0");
        config.put(STREAMS_FIRST_ASSIGNMENT_DELAY, "0");
        config.putAll(FAILOVER);
        if (controllers.size() == 1) {
            config.putAll(SINGLE_NODE);
        }
        replicate(config);
        config.putAll(settings);
        return config;
    }

    private String voters() {
        List<String> voters = new ArrayList<>();
        for (String controller : controllers) {
            voters.add(voters.size() + 1 + "@" + controller);
        }
        return String.join(",", voters);
    }

    private String listeners(int actualPort) {
        return CLIENTS + "://" + host() + ":" + actualPort + "," + CONTROLLER + "://" + controllers.get(node - 1);
    }

    private void replicate(Map<String, String> config) {
        int replicas = Math.min(MAX_REPLICAS, controllers.size());
        int inSync = replicas == MAX_REPLICAS ? MAX_MIN_IN_SYNC : 1;
        config.put("default.replication.factor", String.valueOf(replicas));
        config.put("min.insync.replicas", String.valueOf(inSync));
        config.put("offsets.topic.replication.factor", String.valueOf(replicas));
        config.put("transaction.state.log.replication.factor", String.valueOf(replicas));
        config.put("transaction.state.log.min.isr", String.valueOf(inSync));
        config.put("share.coordinator.state.topic.replication.factor", String.valueOf(replicas));
    }
}
