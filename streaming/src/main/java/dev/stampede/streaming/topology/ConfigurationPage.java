package dev.stampede.streaming.topology;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/** Writes {@code docs/configuration.md} from the definition of the settings. */
final class ConfigurationPage {
    private static final String HEAD = """
            # Settings of the stream

            `./stampede stream --config FILE` reads them from one properties file. An environment variable overrides the
            file. An unknown key or a value out of range stops the start with exit code 2. `--print-config` shows what
            holds, defaults included and secrets hidden, and starts nothing.

            | key | what it does | values | default | environment |
            | --- | --- | --- | --- | --- |
            """;

    private static final String FOOT = """

            ## Settings of Kafka

            | prefix | passed to | for example |
            | --- | --- | --- |
            | `kafka.` | every client and Kafka Streams itself | `kafka.security.protocol=SASL_SSL`, `kafka.commit.interval.ms=50` |
            | `main.consumer.` | the consumer of alerts | `main.consumer.session.timeout.ms=10000` |
            | `producer.` | the producer of outcomes | `producer.linger.ms=20` |

            They win over what Stampede chooses itself, so they can break its guarantees and its speed. Variables work here
            too: `STAMPEDE_KAFKA_SASL_JAAS_CONFIG` is `kafka.sasl.jaas.config`. Interceptors cannot be set: the scorer is
            one.

            `batch.max-alerts` becomes `max.poll.records` and `buffered.records.per.partition`; `batch.max-wait-millis`
            becomes `fetch.max.wait.ms`, with a `fetch.min.bytes` of a full batch of 2 KB alerts.

            *This page is written by the test `ConfigurationPageTest`: run it with `-Dstampede.regenerate=true`.*
            """;

    private ConfigurationPage() {}

    static String text() {
        return HEAD
                + StreamDefinition.SETTINGS.stream().map(ConfigurationPage::row).collect(Collectors.joining("\n"))
                + "\n"
                + FOOT;
    }

    private static String row(StreamDefinition.Setting setting) {
        return "| `" + setting.key() + "` | " + setting.sentence() + " | " + values(setting) + " | " + fallback(setting)
                + " | `" + setting.variable() + "` |";
    }

    private static String values(StreamDefinition.Setting setting) {
        return switch (setting.type()) {
            case BOOLEAN -> "`true`, `false`";
            case INT, LONG, DOUBLE -> String.valueOf(setting.range()).replaceAll("\\[(.*),\\.\\.\\.,(.*)]", "$1 to $2");
            default -> setting.range() instanceof ValidString choices ? choices(choices) : "text";
        };
    }

    private static String choices(ValidString choices) {
        return Arrays.stream(choices.toString().replaceAll("[\\[\\]]", "").split(", "))
                .map(choice -> "`" + choice + "`")
                .collect(Collectors.joining(", "));
    }

    private static String fallback(StreamDefinition.Setting setting) {
        if (setting.isRequired()) {
            return "none: must be set";
        }
        String text = StreamDefinition.text(setting.fallback());
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }
}
