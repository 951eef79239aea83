package dev.stampede.streaming.command;

import dev.stampede.streaming.topology.SettingsSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches Kafka. */
final class KafkaOptions {
    static final String LOCAL = "127.0.0.1:9092";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = LOCAL,
            description = "Brokers to start from, by commas (default: ${DEFAULT-VALUE}).")
    private String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties of a client of Kafka, such as security.protocol.")
    private @Nullable Path file;

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** The configuration of a client: what the file says, and where the brokers are. */
    Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(file == null ? Map.of() : SettingsSource.read(file));
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return client;
    }
}
