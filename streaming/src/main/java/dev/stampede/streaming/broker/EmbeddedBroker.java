package dev.stampede.streaming.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.slf4j.LoggerFactory;

/** One Kafka broker, its own controller, in this JVM, on the loopback address. */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENTS = "PLAINTEXT";
    private static final String HOST = "127.0.0.1";
    private static final Duration LEADERS_TIMEOUT = Duration.ofSeconds(30);

    /** What formatting writes into a directory. */
    private static final String FORMATTED = "meta.properties";

    /** On one machine a client that is silent for seconds is gone; the defaults, 45 s and 10 s, allow for networks. */
    private static final Map<String, String> FAILOVER = Map.of(
            "group.streams.min.session.timeout.ms", "6000",
            "group.streams.session.timeout.ms", "6000",
            "group.streams.min.heartbeat.interval.ms", "1000",
            "group.streams.heartbeat.interval.ms", "2000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    private final KafkaRaftServer server;
    private final Path directory;
    private final String address;
    private final boolean keepsData;

    private EmbeddedBroker(KafkaRaftServer server, Path directory, String address, boolean keepsData) {
        this.server = server;
        this.directory = directory;
        this.address = address;
        this.keepsData = keepsData;
    }

    /** Starts a broker on a free port, in a directory of its own under the system's temporary one. */
    public static EmbeddedBroker start() {
        return start(Path.of(System.getProperty("java.io.tmpdir")), 0);
    }

    /**
     * Starts a broker whose data are gone once it is closed.
     *
     * @param parent where it makes the directory of its data; made where it is absent
     * @param port where clients reach it; 0 for a free one
     * @throws CommandFailure if the directory cannot be written or the port is taken
     */
    public static EmbeddedBroker start(Path parent, int port) {
        int clientPort = claim(port);
        Path directory = makeDirectory(parent);
        try {
            return launch(directory, clientPort, false);
        } catch (RuntimeException e) {
            delete(directory);
            throw e;
        }
    }

    /**
     * Starts a broker that goes on with the data in {@code directory} and leaves them there.
     *
     * @param port where clients reach it; 0 for a free one
     * @throws CommandFailure if the directory cannot be written or the port is taken
     */
    public static EmbeddedBroker open(Path directory, int port) {
        int clientPort = claim(port);
        try {
            return launch(Files.createDirectories(directory), clientPort, true);
        } catch (IOException e) {
            throw CommandFailure.failed("Cannot start a broker in " + directory + ": " + e);
        }
    }

    private static EmbeddedBroker launch(Path directory, int clientPort, boolean keepsData) {
        if (!Files.exists(directory.resolve(FORMATTED))) {
            format(directory);
        }
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(config(directory, clientPort, claim(0)), false), Time.SYSTEM);
        quieten();
        server.startup();
        return new EmbeddedBroker(server, directory, HOST + ":" + clientPort, keepsData);
    }

    /**
     * A broker closes a client of its own twice at its start, and that client warns of it. Only where a broker runs: to a
     * stream the same warnings say that it lost its broker.
     */
    private static void quieten() {
        if (LoggerFactory.getLogger(NetworkClient.class) instanceof Logger logger) {
            logger.setLevel(Level.ERROR);
        }
    }

    /** Where its data are. */
    public Path directory() {
        return directory;
    }

    /** Host and port, for {@code bootstrap.servers}. */
    public String address() {
        return address;
    }

    /** Makes topics of {@code partitions} partitions. */
    public void createTopics(int partitions, List<String> names) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, partitions, (short) 1))
                            .toList())
                    .all()
                    .get();
            awaitLeaders(admin, partitions, names);
        } catch (ExecutionException e) {
            throw CommandFailure.failed("Cannot make the topics " + String.join(", ", names) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("Interrupted while the topics were made");
        }
    }

    /**
     * Waits until every partition has taken up its work. The broker tells clients of a topic a moment earlier; a producer
     * that comes in between can have its first batch refused, later ones taken, and then be stuck.
     */
    private static void awaitLeaders(Admin admin, int partitions, List<String> names)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (String name : names) {
            for (int partition = 0; partition < partitions; partition++) {
                asked.put(new TopicPartition(name, partition), OffsetSpec.latest());
            }
        }
        long deadline = System.nanoTime() + LEADERS_TIMEOUT.toNanos();
        while (!haveLeaders(admin, asked)) {
            if (System.nanoTime() > deadline) {
                throw CommandFailure.failed("The broker did not take up the topics " + String.join(", ", names)
                        + " within " + LEADERS_TIMEOUT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The client asks again until a leader answers, but gives up where the topic itself is not known yet. */
    private static boolean haveLeaders(Admin admin, Map<TopicPartition, OffsetSpec> asked)
            throws ExecutionException, InterruptedException {
        try {
            admin.listOffsets(asked).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private static int claim(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // as the broker does, so that a port just left is not called taken
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw CommandFailure.failed(
                    "Cannot start a broker on port " + port + ": " + e.getMessage() + "; choose another port");
        }
    }

    private static Path makeDirectory(Path parent) {
        try {
            return Files.createTempDirectory(Files.createDirectories(parent), "stampede-broker-");
        } catch (IOException e) {
            throw CommandFailure.failed("Cannot start a broker in " + parent + ": " + e);
        }
    }

    private static void format(Path directory) {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            new Formatter()
                    .setPrintStream(silent)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE)
                    .setControllerListenerName(CONTROLLER)
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .run();
        } catch (Exception e) { // what run() declares
            throw new IllegalStateException("cannot format " + directory + " for a broker", e);
        }
    }

    private static Map<String, String> config(Path directory, int clientPort, int controllerPort) {
        Map<String, String> config = new HashMap<>();
        config.put("process.roles", "broker,controller");
        config.put("node.id", String.valueOf(NODE));
        config.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        config.put("controller.listener.names", CONTROLLER);
        config.put(
                "listeners",
                CLIENTS + "://" + HOST + ":" + clientPort + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
        config.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        config.put("log.dir", directory.toString());
        config.put("auto.create.topics.enable", "false");
        // One broker, so one replica of everything.
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("transaction.state.log.num.partitions", "4");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.putAll(FAILOVER);
        // Nobody else votes or joins, so nothing is worth waiting for.
        config.put("controller.quorum.election.timeout.ms", "100");
        config.put("broker.heartbeat.interval.ms", "500");
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("group.streams.initial.rebalance.delay.ms", "0");
        return config;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        if (!keepsData) {
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + directory, e);
        }
    }
}
