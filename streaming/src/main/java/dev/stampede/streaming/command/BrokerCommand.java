package dev.stampede.streaming.command;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.TopicCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code broker}: one Kafka broker on this machine, for development. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = "Runs one Kafka broker on the loopback address, with the topics of a stream. For development.")
final class BrokerCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PARTITIONS = 1000;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "9092",
            description = "Where clients reach it; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keeps its data there, for the next start too. Without it they are gone at the end.")
    private @Nullable Path directory;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of each topic that is made (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MAX_PORT) {
            throw CommandFailure.usage("--port must be 0 to " + MAX_PORT + ", not " + port);
        }
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw CommandFailure.usage("--partitions must be 1 to " + MAX_PARTITIONS + ", not " + partitions);
        }
        try (Farewell farewell = Farewell.within(STOP)) {
            run(farewell);
        }
        return 0;
    }

    private void run(Farewell farewell) throws InterruptedException {
        System.err.println("Starting a broker...");
        try (EmbeddedBroker broker =
                directory == null ? EmbeddedBroker.start(temporary(), port) : EmbeddedBroker.open(directory, port)) {
            // A page that takes labels has a topic of them.
            StreamSettings settings = StreamSettings.of(Map.of(
                    StreamSettings.BOOTSTRAP_SERVERS,
                    broker.address(),
                    "page.labels",
                    "true",
                    "topics.create",
                    "true",
                    "topics.partitions",
                    String.valueOf(partitions)));
            Map<String, Integer> topics = TopicCheck.demand(settings);
            System.err.println("Broker " + broker.address() + " with the topics " + String.join(", ", topics.keySet())
                    + ", data in " + broker.directory() + "; SIGTERM or Ctrl-C stops it.");
            farewell.await();
        }
        System.err.println("Stopped.");
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
