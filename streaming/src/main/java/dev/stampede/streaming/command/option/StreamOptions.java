package dev.stampede.streaming.command.option;

import dev.stampede.streaming.settings.SettingsSource;
import dev.stampede.streaming.settings.StreamSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings of a stream, for a command that uses its brokers, topics, model and input. */
public final class StreamOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Properties file of the stream, with its brokers, topics, model and input. Environment variables"
                            + " override it.")
    private @Nullable Path config;

    public StreamSettings settings() {
        return settings(config);
    }

    /** The settings in {@code config}, overridden by environment variables. */
    static StreamSettings settings(@Nullable Path config) {
        Map<String, String> settings = new TreeMap<>(config == null ? Map.of() : SettingsSource.read(config));
        settings.putAll(SettingsSource.environment(System.getenv()));
        settings.putIfAbsent(StreamSettings.BOOTSTRAP_SERVERS, KafkaOptions.LOCAL);
        return StreamSettings.of(settings);
    }
}
