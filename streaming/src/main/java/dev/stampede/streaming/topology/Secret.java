package dev.stampede.streaming.topology;

import java.util.List;
import java.util.Locale;

/** Knows settings whose values must not be shown. */
final class Secret {
    static final String HIDDEN = "[hidden]";

    /** What the keys of passwords, key stores, tokens and JAAS configurations of Kafka have in them. */
    private static final List<String> WORDS =
            List.of("password", "secret", "jaas", "token", "credential", "ssl.keystore.key", "ssl.truststore.cert");

    private Secret() {}

    static boolean isNamedBy(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }
}
