package dev.stampede.streaming.command.option;

import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.settings.InputKeys;
import dev.stampede.streaming.settings.InputSettings;
import dev.stampede.streaming.settings.SettingsSource;
import dev.stampede.streaming.settings.StreamSettings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command finds the schemas of records that contain only a schema id. */
public final class RegistryOptions {
    private static final String PREFIX = "schema.registry.";

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description =
                    "Schema registry, for values that contain only a schema id. Credentials and TLS are those of the"
                            + " environment variables STAMPEDE_SCHEMA_REGISTRY_BASIC_AUTH and the like.")
    private @Nullable String url;

    /** Whether the URL is given as an option. */
    boolean isGiven() {
        return url != null;
    }

    /** The settings of the registry by key name: those of the environment, and the URL of the option. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(SettingsSource.environment(System.getenv()));
        settings.keySet().removeIf(name -> !name.startsWith(PREFIX));
        settings.putIfAbsent(InputKeys.REGISTRY_RETRY_TIMEOUT.name(), "0");
        if (url != null) {
            settings.put(InputKeys.REGISTRY_URL.name(), url);
        }
        return settings;
    }

    /**
     * The source of the schemas of records that a stream wrote: the registry of the option, otherwise that of {@code stream},
     * otherwise that of the environment; {@link SchemaSource#NONE} if none is named.
     */
    public SchemaSource schemas(Optional<StreamSettings> stream) {
        return stream.filter(settings -> url == null)
                .map(StreamSettings::schemas)
                .orElseGet(() -> InputSettings.schemas(settings()));
    }
}
