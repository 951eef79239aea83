package dev.stampede.streaming.settings;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The values of keys, parsed and validated. Immutable. */
final class KeyValues {
    private final Map<String, ?> parsed;

    private KeyValues(Map<String, ?> parsed) {
        this.parsed = parsed;
    }

    /**
     * Parses what is given for {@code keys}; the others have their defaults.
     *
     * @param providers the configuration of Kafka's config providers, which resolve values such as {@code ${file:PATH:KEY}}
     * @throws InvalidSettingException if a value is missing or invalid
     */
    static KeyValues of(Collection<Key<?>> keys, Map<String, String> given, Map<String, Object> providers) {
        ConfigDef definition = new ConfigDef();
        keys.forEach(key -> definition.define(
                key.name(), key.type(), key.parsedDefault(), key.validator(), key.importance(), key.documentation()));
        try {
            return new KeyValues(new AbstractConfig(definition, given, providers, false).values());
        } catch (ConfigException e) {
            throw new InvalidSettingException(String.valueOf(e.getMessage()), e);
        }
    }

    <T> T get(Key<T> key) {
        return key.converter().apply(Objects.requireNonNull(parsed.get(key.name()), key.name()));
    }

    /** The value as it is written in a settings file; a secret is hidden. */
    String text(Key<?> key) {
        return Key.text(parsed.get(key.name()));
    }
}
