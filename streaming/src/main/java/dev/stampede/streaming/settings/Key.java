package dev.stampede.streaming.settings;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one setting, made by a {@link KeyGroup}.
 *
 * @param name the name in settings files, such as {@code batch.max-alerts}
 * @param parsedDefault as {@code type} parses it, or {@link ConfigDef#NO_DEFAULT_VALUE} for a required setting
 * @param importance HIGH for a setting that a user should know before the first start
 * @param converter from the parsed value to the value of the setting
 */
public record Key<T>(
        String name,
        ConfigDef.Type type,
        Object parsedDefault,
        Validator validator,
        Importance importance,
        String documentation,
        Function<Object, T> converter) {
    static final String HIDDEN = "[hidden]";

    private static final Pattern URL_CREDENTIALS = Pattern.compile("//[^/,]*@");

    /** Parts of the names of Kafka's settings whose values are secrets. */
    private static final List<String> SECRETS =
            List.of("password", "secret", "jaas", "token", "credential", "ssl.keystore.key", "ssl.truststore.cert");

    /** The value of a setting that is not given; it must not be required. */
    public T defaultValue() {
        return converter.apply(parsedDefault);
    }

    boolean isRequired() {
        return parsedDefault == ConfigDef.NO_DEFAULT_VALUE;
    }

    String defaultText() {
        return text(parsedDefault);
    }

    /** Whether the setting of that name, passed through to Kafka, must not be shown. */
    static boolean isSecret(String name) {
        return SECRETS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains);
    }

    /** A parsed value as it is written in a settings file; a secret is hidden. */
    static String text(@Nullable Object parsed) {
        if (parsed instanceof Password secret) {
            return secret.value().isEmpty() ? "" : HIDDEN;
        }
        return withoutCredentials(
                parsed instanceof List<?> list
                        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                        : String.valueOf(parsed));
    }

    /** The text with the user and the password of URLs hidden. */
    static String withoutCredentials(String text) {
        return URL_CREDENTIALS.matcher(text).replaceAll("//" + Matcher.quoteReplacement(HIDDEN) + "@");
    }
}
