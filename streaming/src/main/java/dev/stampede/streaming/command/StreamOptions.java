package dev.stampede.streaming.command;

import dev.stampede.streaming.topology.SettingsSource;
import dev.stampede.streaming.topology.StreamSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings of a stream, for a command that looks at what it reads and writes: same brokers, topics, model, input. */
final class StreamOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings of the stream: its brokers, topics, model and input. Environment variables"
                    + " override them.")
    private @Nullable Path config;

    StreamSettings settings() {
        Map<String, String> settings = new TreeMap<>(config == null ? Map.of() : SettingsSource.read(config));
        settings.putAll(SettingsSource.environment(System.getenv()));
        settings.putIfAbsent(StreamSettings.BOOTSTRAP_SERVERS, KafkaOptions.LOCAL);
        return StreamSettings.of(settings);
    }
}
