package dev.stampede.streaming.topology;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.topology.StreamSettings.NewTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the broker answers and has every topic, and makes topics where it may: Kafka's clients themselves would
 * wait for them in silence.
 */
public final class TopicCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCheck.class);
    private static final int TIMEOUT_MILLIS = 10_000;

    /** What a dead letter has more than its value: key, headers, framing. */
    static final int DEAD_LETTER_EXTRA_BYTES = 64 << 10;

    /** A release may hold its file: room for one that was embedded on demand. */
    private static final int RELEASE_BYTES = 8 << 20;

    private final String brokers;
    private final Admin admin;

    /** Topics that must not be made. */
    private final List<String> closed = new ArrayList<>();

    private TopicCheck(String brokers, Admin admin) {
        this.brokers = brokers;
        this.admin = admin;
    }

    /**
     * The partitions of each topic of a stream; topics that are absent are made first where the settings allow it.
     *
     * @throws CommandFailure if Kafka does not answer, a topic is absent and must not be made, or a right is lacking
     */
    public static Map<String, Integer> demand(StreamSettings settings) {
        return ask(settings.clientConfig(), check -> {
            Optional<NewTopics> newTopics = settings.newTopics();
            if (newTopics.isPresent()) {
                check.make(newTopics.get(), settings);
            }
            return check.partitions(
                    Rights.of(settings), "create it, name another, or set " + StreamDefinition.TOPICS_CREATE + "=true");
        });
    }

    /**
     * The partitions of the topics of {@code rights}, of which none may be absent.
     *
     * @param client the configuration of a client of Kafka
     * @throws CommandFailure if Kafka does not answer, a topic is absent, or one of the rights is lacking
     */
    public static Map<String, Integer> demand(Map<String, Object> client, Rights rights) {
        return ask(client, check -> check.partitions(rights, "create it, or name another"));
    }

    /**
     * What in the settings of the topics can lose alerts or stop the stream, a sentence each; nothing where the settings
     * may not be seen. The topics must be there.
     *
     * @throws CommandFailure if Kafka does not answer
     */
    public static List<String> warnings(StreamSettings settings) {
        return ask(settings.clientConfig(), check -> {
            try {
                Map<String, Map<String, String>> seen = check.settingsOf(settings.usedTopics());
                return TopicWarnings.of(settings.topics(), topic -> seen.getOrDefault(topic, Map.of()));
            } catch (AuthorizationException e) {
                LOG.warn(
                        "Retention and sizes of the topics are not checked: {} is not granted (docs/security.md)",
                        settings.usedTopics().stream()
                                .map(Right::toDescribeConfigs)
                                .map(Right::words)
                                .collect(Collectors.joining(", ")));
                return List.of();
            }
        });
    }

    private Map<String, Map<String, String>> settingsOf(List<String> topics) {
        List<ConfigResource> asked = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Map<String, String>> settings = new HashMap<>();
        onceKnown(() -> admin.describeConfigs(asked).all())
                .forEach((topic, config) -> settings.put(
                        topic.name(),
                        config.entries().stream()
                                .filter(entry -> entry.value() != null)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
        return settings;
    }

    private static <T> T ask(Map<String, Object> client, Function<TopicCheck, T> question) {
        Map<String, Object> config = new HashMap<>(client);
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        String brokers = String.valueOf(config.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        try (Admin admin = Admin.create(config)) {
            return question.apply(new TopicCheck(brokers, admin));
        } catch (KafkaException e) {
            refuseIfMisconfigured(e);
            String what = e instanceof ApiException && !(e instanceof RetriableException)
                    ? "Kafka at " + brokers + " refuses: "
                    : "Cannot reach Kafka at " + brokers + ": ";
            throw CommandFailure.failed(what + reason(e));
        }
    }

    private Map<String, Integer> partitions(Rights rights, String remedy) {
        Map<String, Integer> partitions = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        RightsCheck check = new RightsCheck(admin, rights);
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        rights.topics(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (String topic : rights.topics()) {
            try {
                TopicDescription answer = get(Objects.requireNonNull(answers.get(topic)));
                check.look(answer);
                partitions.put(topic, answer.partitions().size());
            } catch (UnknownTopicOrPartitionException e) {
                missing.add(topic);
            } catch (TopicAuthorizationException e) {
                check.isClosed(topic);
            }
        }
        demandNone(missing, remedy);
        List<Right> lacking = check.lacking();
        if (!lacking.isEmpty()) {
            throw CommandFailure.failed("At " + brokers + " " + Rights.sentence(lacking));
        }
        return partitions;
    }

    private void demandNone(List<String> missing, String remedy) {
        if (!missing.isEmpty()) {
            String end = closed.isEmpty()
                    ? remedy
                    : Rights.sentence(closed.stream().map(Right::toCreate).toList());
            throw CommandFailure.failed(
                    "Kafka at " + brokers + " has no topic " + String.join(", ", missing) + "; " + end);
        }
    }

    private void make(NewTopics how, StreamSettings settings) {
        Map<TopicPartition, OffsetSpec> made = new HashMap<>();
        List<NewTopic> topics = settings.usedTopics().stream()
                .map(name -> newTopic(name, how, settings))
                .toList();
        admin.createTopics(topics).values().forEach((name, answer) -> {
            try {
                get(answer);
                int partitions = name.equals(settings.topics().models()) ? 1 : how.partitions();
                for (int partition = 0; partition < partitions; partition++) {
                    made.put(new TopicPartition(name, partition), OffsetSpec.latest());
                }
            } catch (TopicExistsException e) {
                // what is there stays as it is
            } catch (TopicAuthorizationException e) {
                closed.add(name); // which matters only where it is not there
            }
        });
        awaitLeaders(made);
    }

    /** The client asks again until a leader answers. */
    private void awaitLeaders(Map<TopicPartition, OffsetSpec> made) {
        onceKnown(() -> admin.listOffsets(made).all());
    }

    /** The answer, once the broker that is asked knows the topics: one that was just made may be known to others first. */
    private static <T> T onceKnown(Supplier<KafkaFuture<T>> question) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (true) {
            try {
                return get(question.get());
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    private static NewTopic newTopic(String name, NewTopics how, StreamSettings settings) {
        Optional<Short> replicas =
                Optional.of(how.replicas()).filter(count -> count > 0).map(Integer::shortValue);
        if (name.equals(settings.topics().models())) {
            // What was released last is known only within one partition, and stays known where it is compacted.
            return new NewTopic(name, Optional.of(1), replicas)
                    .configs(Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG,
                            TopicConfig.CLEANUP_POLICY_COMPACT,
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                            String.valueOf(RELEASE_BYTES)));
        }
        NewTopic topic = new NewTopic(name, Optional.of(how.partitions()), replicas);
        boolean isDeadLetters = name.equals(settings.topics().deadLetters());
        // A dead letter is larger than the alert it was; one that its topic refuses would stop the stream.
        int largest = settings.maxAlertBytes() + DEAD_LETTER_EXTRA_BYTES * (isDeadLetters ? 2 : 1);
        return topic.configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(largest)));
    }

    /** The answer, or the exception of Kafka that it failed with. */
    static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("no answer within " + TIMEOUT_MILLIS / 1000 + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** Kafka refused a setting that was passed through to it: that is no failure of the work. */
    static void refuseIfMisconfigured(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigException) {
                throw CommandFailure.usage("Kafka does not take a setting: " + reason(cause));
            }
        }
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = String.valueOf(deepest.getMessage());
        // Kafka repeats what it cannot read there, and that may be a password in the wrong place.
        return message.contains("JAAS")
                ? "sasl.jaas.config cannot be read; it has the form: LOGIN.MODULE required username=\"NAME\""
                        + " password=\"PASSWORD\";"
                : message;
    }
}
