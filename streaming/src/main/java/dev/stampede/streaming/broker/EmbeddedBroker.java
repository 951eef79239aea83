package dev.stampede.streaming.broker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.TemporaryFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A Kafka broker and controller in this JVM, on the loopback address unless its settings name another. */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Duration LEADERS_TIMEOUT = Duration.ofSeconds(30);

    /** The file that marks a formatted directory. */
    private static final String FORMATTED = "meta.properties";

    /** The id of every embedded cluster; nodes find one another by their ports. */
    private static final String CLUSTER = new Uuid(0x5374616d70656465L, 1).toString();

    private final KafkaRaftServer server;
    private final Path directory;
    private final String address;
    private final @Nullable TemporaryFolder temporary;

    private EmbeddedBroker(
            KafkaRaftServer server, Path directory, String address, @Nullable TemporaryFolder temporary) {
        this.server = server;
        this.directory = directory;
        this.address = address;
        this.temporary = temporary;
    }

    /** Starts a broker on a free port, in a temporary directory. */
    public static EmbeddedBroker start() {
        return start(BrokerSettings.singleNode(0));
    }

    /** Starts a broker with {@code settings} in a temporary directory. */
    public static EmbeddedBroker start(BrokerSettings settings) {
        return start(Path.of(System.getProperty("java.io.tmpdir")), settings);
    }

    /**
     * Starts a broker whose data are deleted when it is closed.
     *
     * @param parent the folder for its data directory, which must exist
     * @param port the client port; 0 for a free one
     * @throws BrokerException if the port is taken
     * @throws dev.stampede.stamps.error.StampedeException if the directory cannot be written
     */
    public static EmbeddedBroker start(Path parent, int port) {
        return start(parent, BrokerSettings.singleNode(port));
    }

    /**
     * Starts a broker with {@code settings}, whose data are deleted when it is closed.
     *
     * @throws BrokerException if the port is taken
     * @throws dev.stampede.stamps.error.StampedeException if the directory cannot be written
     */
    public static EmbeddedBroker start(Path parent, BrokerSettings settings) {
        int clientPort = freePort(settings.clientPort());
        TemporaryFolder temporary = TemporaryFolder.create(parent, "broker");
        try {
            // Not the folder itself, because the broker has a lock file too.
            return launch(temporary.path().resolve("data"), settings, clientPort, temporary);
        } catch (RuntimeException e) {
            temporary.close();
            throw e;
        }
    }

    /**
     * Starts a broker with the data in {@code directory}, which are kept.
     *
     * @param port the client port; 0 for a free one
     * @throws BrokerException if the directory cannot be written or the port is taken
     */
    public static EmbeddedBroker open(Path directory, int port) {
        return open(directory, BrokerSettings.singleNode(port));
    }

    /**
     * Starts a broker with {@code settings} and the data in {@code directory}, which are kept. A node of a cluster starts
     * only once a majority of the nodes has been started.
     *
     * @throws BrokerException if the directory cannot be written or the port is taken
     */
    public static EmbeddedBroker open(Path directory, BrokerSettings settings) {
        int clientPort = freePort(settings.clientPort());
        try {
            return launch(Files.createDirectories(directory), settings, clientPort, null);
        } catch (IOException e) {
            throw new BrokerException("Cannot start a broker in " + directory + ": " + FailureReason.of(e));
        }
    }

    private static EmbeddedBroker launch(
            Path directory, BrokerSettings settings, int clientPort, @Nullable TemporaryFolder temporary) {
        if (!Files.exists(directory.resolve(FORMATTED))) {
            format(directory, settings.node());
        }
        KafkaRaftServer server = new KafkaRaftServer(
                new KafkaConfig(settings.config(directory.toString(), clientPort), false), Time.SYSTEM);
        hideClientWarnings();
        server.startup();
        return new EmbeddedBroker(server, directory, settings.host() + ":" + clientPort, temporary);
    }

    /**
     * A broker closes one of its internal clients twice at its start, which logs warnings. They are hidden only in a JVM
     * with a broker: in a stream the same warnings mean that it lost its broker.
     */
    private static void hideClientWarnings() {
        if (LoggerFactory.getLogger(NetworkClient.class) instanceof Logger logger) {
            logger.setLevel(Level.ERROR);
        }
    }

    /** The data directory. */
    public Path directory() {
        return directory;
    }

    /** Host and port, for {@code bootstrap.servers}. */
    public String address() {
        return address;
    }

    /** Creates topics of {@code partitions} partitions with the default replication factor. */
    public void createTopics(int partitions, List<String> names) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
                            .toList())
                    .all()
                    .get();
            awaitLeaders(admin, partitions, names);
        } catch (ExecutionException e) {
            throw new BrokerException(
                    "Cannot create the topics " + String.join(", ", names) + ": " + FailureReason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException("Interrupted while creating the topics " + String.join(", ", names));
        }
    }

    /**
     * Waits until every partition has a leader. Clients see a topic a moment earlier; a producer that sends in between can
     * have its first batch rejected and later ones accepted, and then be stuck.
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
                throw new BrokerException("No leader was elected for all partitions of " + String.join(", ", names)
                        + " within " + LEADERS_TIMEOUT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** The client retries until a leader answers, but fails if the topic itself is not known yet. */
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

    /** A port that is free now: {@code port} itself, or any if it is 0. */
    public static int freePort(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // as the broker does, so that a port that was just released counts as free
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new BrokerException("Cannot start a broker on port " + port + ": " + FailureReason.of(e));
        }
    }

    private static void format(Path directory, int node) {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            new Formatter()
                    .setPrintStream(silent)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setClusterId(CLUSTER)
                    .setNodeId(node)
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .run();
        } catch (Exception e) { // what run() declares
            throw new IllegalStateException("cannot format " + directory + " for a broker", e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        if (temporary != null) {
            temporary.close();
        }
    }
}
