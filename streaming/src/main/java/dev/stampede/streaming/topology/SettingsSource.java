package dev.stampede.streaming.topology;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** Where settings are written down: a properties file, and environment variables that override it. */
public final class SettingsSource {
    private static final String PREFIX = "STAMPEDE_";

    /** Read by the launcher, not by the stream. */
    private static final Set<String> OF_THE_LAUNCHER = Set.of("STAMPEDE_JAVA_OPTIONS", "STAMPEDE_CUDA");

    private SettingsSource() {}

    /**
     * The settings in {@code file}.
     *
     * @throws CommandFailure if it cannot be read as a properties file
     */
    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) { // the latter for a broken \\u escape
            throw CommandFailure.usage("Cannot read the settings in " + file + ": " + e);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    /** The settings that environment variables give: {@code STAMPEDE_BATCH_MAX_ALERTS} is batch.max-alerts. */
    public static Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> settings = new TreeMap<>();
        variables.forEach((name, value) -> key(name).ifPresent(key -> settings.put(key, value)));
        return settings;
    }

    /**
     * Variables that look like settings and are none. They cannot stop a start: schedulers add variables of their own
     * that begin with the name of a service.
     */
    public static List<String> unknown(Map<String, String> variables) {
        List<String> unknown = new ArrayList<>();
        for (String name : variables.keySet()) {
            if (name.startsWith(PREFIX)
                    && !OF_THE_LAUNCHER.contains(name)
                    && key(name).isEmpty()) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    /** The variable that overrides {@code key}. */
    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Optional<String> key(String variable) {
        Optional<String> ours = StreamDefinition.SETTINGS.stream()
                .map(StreamDefinition.Setting::key)
                .filter(key -> variable(key).equals(variable))
                .findFirst();
        return ours.or(() -> StreamSettings.PASSED_THROUGH.stream()
                .filter(prefix -> variable.startsWith(variable(prefix)))
                .findFirst()
                // Keys of Kafka have no underscores, only dots.
                .map(prefix -> variable.substring(PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.')));
    }
}
