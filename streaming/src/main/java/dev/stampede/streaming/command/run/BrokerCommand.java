package dev.stampede.streaming.command.run;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.kafka.CompressionLibraries;
import dev.stampede.streaming.service.GracefulShutdown;
import dev.stampede.streaming.service.StreamTopics;
import dev.stampede.streaming.settings.StreamSettings;
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
@Example("broker --dir broker-data")
public final class BrokerCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PARTITIONS = 1000;

    @Option(names = "--port", paramLabel = "P", defaultValue = "9092", description = "Client port; 0 for a free one.")
    private int port;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Data directory, kept for the next start (default: a temporary one, deleted at the end).")
    private @Nullable Path directory;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of each topic that is created.")
    private int partitions;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > MAX_PORT) {
            throw CommandException.usage("--port must be 0 to " + MAX_PORT + ", not " + port);
        }
        if (partitions < 1 || partitions > MAX_PARTITIONS) {
            throw CommandException.usage("--partitions must be 1 to " + MAX_PARTITIONS + ", not " + partitions);
        }
        CompressionLibraries.load();
        try (GracefulShutdown shutdown = GracefulShutdown.within(STOP)) {
            run(shutdown);
        }
        return 0;
    }

    private void run(GracefulShutdown shutdown) throws InterruptedException {
        System.err.println("Starting a broker...");
        try (EmbeddedBroker broker =
                directory == null ? EmbeddedBroker.start(temporary(), port) : EmbeddedBroker.open(directory, port)) {
            // With labels on the page, the labels topic is created too.
            StreamSettings settings = StreamSettings.of(Map.of(
                    StreamSettings.BOOTSTRAP_SERVERS,
                    broker.address(),
                    "page.labels",
                    "true",
                    "topics.create",
                    "true",
                    "topics.partitions",
                    String.valueOf(partitions)));
            Map<String, Integer> topics = StreamTopics.require(settings);
            System.err.println("Broker " + broker.address() + " with the topics " + String.join(", ", topics.keySet())
                    + ", data in " + broker.directory() + "; stop it with SIGTERM or Ctrl-C.");
            shutdown.await();
        }
        System.err.println("Stopped.");
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
