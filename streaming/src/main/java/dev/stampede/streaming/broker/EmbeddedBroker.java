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
import java.util.Optional;
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

/** One Kafka broker, a controller too, in this JVM, on the loopback address. */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Duration LEADERS_TIMEOUT = Duration.ofSeconds(30);

    /** What formatting writes into a directory. */
    private static final String FORMATTED = "meta.properties";

    /** Nodes find one another by their ports; of one data directory it keeps strangers out. */
    private static final String CLUSTER = new Uuid(0x5374616d70656465L, 1).toString();

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
        return start(parent, BrokerPlan.alone(port));
    }

    /**
     * Starts a broker as {@code plan} says, whose data are gone once it is closed.
     *
     * @throws CommandFailure if the directory cannot be written or the port is taken
     */
    public static EmbeddedBroker start(Path parent, BrokerPlan plan) {
        int clientPort = claim(plan.clientPort());
        Path directory = makeDirectory(parent);
        try {
            return launch(directory, plan, clientPort, false);
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
        return open(directory, BrokerPlan.alone(port));
    }

    /**
     * Starts a broker as {@code plan} says, that goes on with the data in {@code directory} and leaves them there. One of
     * a cluster starts only once most of its nodes have.
     *
     * @throws CommandFailure if the directory cannot be written or the port is taken
     */
    public static EmbeddedBroker open(Path directory, BrokerPlan plan) {
        int clientPort = claim(plan.clientPort());
        try {
            return launch(Files.createDirectories(directory), plan, clientPort, true);
        } catch (IOException e) {
            throw CommandFailure.failed("Cannot start a broker in " + directory + ": " + e);
        }
    }

    private static EmbeddedBroker launch(Path directory, BrokerPlan plan, int clientPort, boolean keepsData) {
        if (!Files.exists(directory.resolve(FORMATTED))) {
            format(directory, plan.node());
        }
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(plan.config(directory.toString(), clientPort), false), Time.SYSTEM);
        quieten();
        server.startup();
        return new EmbeddedBroker(server, directory, BrokerPlan.HOST + ":" + clientPort, keepsData);
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

    /** Makes topics of {@code partitions} partitions, replicated as the broker is set to. */
    public void createTopics(int partitions, List<String> names) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
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

    /** A port that is free now: {@code port} itself, or any where it is 0. */
    public static int claim(int port) {
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

    private static void format(Path directory, int node) {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            new Formatter()
                    .setPrintStream(silent)
                    .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                    .setClusterId(CLUSTER)
                    .setNodeId(node)
                    .setControllerListenerName(BrokerPlan.CONTROLLER)
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
