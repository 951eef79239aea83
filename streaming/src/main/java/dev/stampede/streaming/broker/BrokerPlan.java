package dev.stampede.streaming.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an embedded broker is to be. Every node is broker and controller, and all of them are on the loopback address.
 *
 * @param node its number in its cluster, from 1
 * @param clientPort where clients reach it; 0 for a free port
 * @param controllerPorts where the controllers of its cluster reach one another, by node
 * @param settings of Kafka's brokers, which win over what it would be set to otherwise
 */
public record BrokerPlan(int node, int clientPort, List<Integer> controllerPorts, Map<String, String> settings) {
    static final String HOST = "127.0.0.1";
    static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENTS = "PLAINTEXT";

    /** Of a cluster, how many keep each record, and how many must have it before it counts as written. */
    private static final int MOST_REPLICAS = 3;

    private static final int IN_SYNC_OF_MOST = 2;

    /** On one machine a client that is silent for seconds is gone; the defaults, 45 s and 10 s, allow for networks. */
    private static final Map<String, String> FAILOVER = Map.of(
            "group.streams.min.session.timeout.ms", "6000",
            "group.streams.session.timeout.ms", "6000",
            "group.streams.min.heartbeat.interval.ms", "1000",
            "group.streams.heartbeat.interval.ms", "2000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    /** Nobody else votes or joins, so nothing is worth waiting for. */
    private static final Map<String, String> ALONE =
            Map.of("controller.quorum.election.timeout.ms", "100", "broker.heartbeat.interval.ms", "500");

    public BrokerPlan {
        controllerPorts = List.copyOf(controllerPorts);
        settings = Map.copyOf(settings);
        if (node < 1 || node > controllerPorts.size()) {
            throw new IllegalArgumentException("node " + node + " of " + controllerPorts.size());
        }
    }

    /** A broker that is a cluster of its own. */
    public static BrokerPlan alone(int clientPort) {
        return new BrokerPlan(1, clientPort, List.of(EmbeddedBroker.claim(0)), Map.of());
    }

    /** The same with {@code more} settings. */
    public BrokerPlan with(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return new BrokerPlan(node, clientPort, controllerPorts, all);
    }

    /** The configuration of the node, whose data are in {@code directory}, with its client port settled. */
    Map<String, String> config(String directory, int settledPort) {
        Map<String, String> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", String.valueOf(node));
        config.put("controller.quorum.voters", voters());
        config.put("controller.listener.names", CONTROLLER);
        config.put("listeners", listeners(settledPort));
        config.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        config.put("log.dir", directory);
        config.put("auto.create.topics.enable", "false");
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.num.partitions", "4");
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("group.streams.initial.rebalance.delay.ms", "0");
        config.putAll(FAILOVER);
        if (controllerPorts.size() == 1) {
            config.putAll(ALONE);
        }
        replicate(config);
        config.putAll(settings);
        return config;
    }

    private String voters() {
        List<String> voters = new ArrayList<>();
        for (int port : controllerPorts) {
            voters.add(voters.size() + 1 + "@" + HOST + ":" + port);
        }
        return String.join(",", voters);
    }

    /** The listener of clients and that of the controller. */
    private String listeners(int settledPort) {
        return CLIENTS + "://" + HOST + ":" + settledPort + "," + CONTROLLER + "://" + HOST + ":"
                + controllerPorts.get(node - 1);
    }

    private void replicate(Map<String, String> config) {
        int replicas = Math.min(MOST_REPLICAS, controllerPorts.size());
        int inSync = replicas == MOST_REPLICAS ? IN_SYNC_OF_MOST : 1;
        config.put("default.replication.factor", String.valueOf(replicas));
        config.put("min.insync.replicas", String.valueOf(inSync));
        config.put("offsets.topic.replication.factor", String.valueOf(replicas));
        config.put("transaction.state.log.replication.factor", String.valueOf(replicas));
        config.put("transaction.state.log.min.isr", String.valueOf(inSync));
        config.put("share.coordinator.state.topic.replication.factor", String.valueOf(replicas));
    }
}
