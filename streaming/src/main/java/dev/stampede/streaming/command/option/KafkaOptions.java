package dev.stampede.streaming.command.option;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.settings.SettingsSource;
import dev.stampede.streaming.settings.StreamSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command connects to Kafka. */
@OptionHeading("Kafka")
public final class KafkaOptions {
    static final String LOCAL = "127.0.0.1:9092";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = LOCAL,
            description = "Bootstrap brokers, separated by commas.")
    private String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties file with client settings, such as security.protocol.")
    private @Nullable Path file;

    /** The client configuration. */
    public Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(file == null ? Map.of() : SettingsSource.read(file));
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return StreamSettings.withDefaults(client);
    }

    /** The failure of an action, with the rights that are missing, if that is the cause. */
    public static CommandException failed(String action, KafkaException failure, AccessRights rights) {
        return CommandException.failed(
                "Cannot " + action + ": " + rights.missingFrom(failure).orElseGet(() -> FailureReason.of(failure)));
    }
}
