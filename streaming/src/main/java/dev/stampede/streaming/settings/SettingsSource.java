package dev.stampede.streaming.settings;

import dev.stampede.commandline.ParentProcessMonitor;
import dev.stampede.stamps.error.FailureReason;
import java.io.IOException;
import java.io.StringReader;
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
import java.util.regex.Pattern;

/** Reads settings from a properties file and from environment variables, which override it. */
public final class SettingsSource {
    private static final String PREFIX = "STAMPEDE_";

    /** Variables for the launcher script, and between processes. */
    private static final Set<String> LAUNCHER =
            Set.of("STAMPEDE_JAVA_OPTIONS", "STAMPEDE_CUDA", ParentProcessMonitor.VARIABLE);

    /** A backslash that starts no escape of a properties file, which Java would drop silently, as of {@code \d}. */
    private static final Pattern LONE_BACKSLASH =
            Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\(?=[a-zA-Z0-9.+*?()\\[\\]{}|^$&&[^tnrfu]])");

    private SettingsSource() {}

    /**
     * The settings in {@code file}.
     *
     * @throws InvalidSettingException if it cannot be read as a properties file
     */
    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try {
            String text = Files.readString(file);
            properties.load(new StringReader(LONE_BACKSLASH.matcher(text).replaceAll("$0\\\\")));
        } catch (IOException | IllegalArgumentException e) { // the latter for a malformed \\u escape
            throw new InvalidSettingException("Cannot read the settings in " + file + ": " + FailureReason.of(e), e);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    /** The settings in environment variables: {@code STAMPEDE_BATCH_MAX_ALERTS} is batch.max-alerts. */
    public static Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> settings = new TreeMap<>();
        variables.forEach((name, value) -> key(name).ifPresent(key -> settings.put(key, value)));
        return settings;
    }

    /**
     * Variables with the prefix of settings that are not settings. They do not stop the start: schedulers add variables
     * that begin with the name of a service.
     */
    public static List<String> unknown(Map<String, String> variables) {
        List<String> unknown = new ArrayList<>();
        for (String name : variables.keySet()) {
            if (name.startsWith(PREFIX) && !LAUNCHER.contains(name) && key(name).isEmpty()) {
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
        Optional<String> own = StreamSettings.KEYS.keySet().stream()
                .filter(key -> variable(key).equals(variable))
                .findFirst();
        return own.or(() -> StreamSettings.PASSED_THROUGH.stream()
                .filter(prefix -> variable.startsWith(variable(prefix)))
                .findFirst()
                // Settings of Kafka have dots, not underscores.
                .map(prefix -> variable.substring(PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.')));
    }
}
