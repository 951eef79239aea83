package dev.stampede.streaming.kafka;

import dev.stampede.streaming.settings.AlertTopics;
import dev.stampede.streaming.settings.InvalidSettingException;
import java.time.Duration;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks that Kafka responds, that topics exist and rights are granted, and creates topics. Without it Kafka's clients
 * would wait silently for a missing topic.
 */
public final class TopicCheck {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Kafka's message about unknown hosts, without their names. */
    private static final String UNKNOWN_HOSTS = "No resolvable bootstrap urls";

    private final String brokers;
    private final Admin admin;

    /** Topics that the user may not create. */
    private final List<String> notCreatable = new ArrayList<>();

    private TopicCheck(String brokers, Admin admin) {
        this.brokers = brokers;
        this.admin = admin;
    }

    /**
     * The number of partitions of each topic of {@code rights}, all of which must exist.
     *
     * @param client the configuration of a Kafka client
     * @throws TopicCheckException if Kafka does not respond, a topic is missing or a right is not granted
     */
    public static Map<String, Integer> require(Map<String, Object> client, AccessRights rights) {
        return require(client, rights, List.of(), "create it, or name another");
    }

    /**
     * The same, after the creation of those topics of {@code create} that are missing.
     *
     * @param remedy what to do about a missing topic, for the message
     * @throws TopicCheckException if Kafka does not respond, a topic is missing or a right is not granted
     */
    public static Map<String, Integer> require(
            Map<String, Object> client, AccessRights rights, List<NewTopic> create, String remedy) {
        return ask(client, check -> {
            if (!create.isEmpty()) {
                check.create(create);
            }
            return check.partitions(rights, remedy);
        });
    }

    /**
     * The topics of {@code alerts}: of a pattern, those that exist.
     *
     * @throws TopicCheckException if Kafka does not respond
     */
    public static InputTopics inputs(Map<String, Object> client, AlertTopics alerts) {
        return alerts.isPattern()
                ? ask(
                        client,
                        check -> InputTopics.of(
                                alerts, get(check.admin.listTopics().names())))
                : new InputTopics(alerts.names(), List.of());
    }

    /**
     * The positions of a consumer group in all partitions of some topics, which must exist.
     *
     * @param partitions the number of partitions of each topic
     * @throws TopicCheckException if Kafka does not respond
     */
    public static List<GroupPosition> positions(
            Map<String, Object> client, String group, Map<String, Integer> partitions) {
        return ask(client, check -> check.positions(group, partitions));
    }

    private List<GroupPosition> positions(String group, Map<String, Integer> partitions) {
        Map<TopicPartition, OffsetSpec> earliest = new LinkedHashMap<>();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach((topic, count) -> {
            for (int i = 0; i < count; i++) {
                earliest.put(new TopicPartition(topic, i), OffsetSpec.earliest());
                latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
            }
        });
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, ListOffsetsResultInfo> firsts =
                getOnceKnown(() -> admin.listOffsets(earliest).all());
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                getOnceKnown(() -> admin.listOffsets(latest).all());
        return earliest.keySet().stream()
                .map(partition -> new GroupPosition(
                        partition,
                        committed.get(partition) == null
                                ? GroupPosition.NONE
                                : committed.get(partition).offset(),
                        Objects.requireNonNull(firsts.get(partition)).offset(),
                        Objects.requireNonNull(ends.get(partition)).offset()))
                .toList();
    }

    /**
     * The configuration of each of {@code topics}, which must exist; empty if the user may not read it.
     *
     * @throws TopicCheckException if Kafka does not respond
     */
    public static Optional<Map<String, Map<String, String>>> configs(Map<String, Object> client, List<String> topics) {
        return ask(client, check -> {
            try {
                return Optional.of(check.configs(topics));
            } catch (AuthorizationException e) {
                return Optional.empty();
            }
        });
    }

    private Map<String, Map<String, String>> configs(List<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, Map<String, String>> configs = new HashMap<>();
        getOnceKnown(() -> admin.describeConfigs(resources).all())
                .forEach((topic, config) -> configs.put(
                        topic.name(),
                        config.entries().stream()
                                .filter(entry -> entry.value() != null)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
        return configs;
    }

    private static <T> T ask(Map<String, Object> client, Function<TopicCheck, T> question) {
        Map<String, Object> config = new HashMap<>(client);
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        String brokers = String.valueOf(config.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        Admin admin = null;
        try {
            admin = Admin.create(config);
            return question.apply(new TopicCheck(brokers, admin));
        } catch (KafkaException e) {
            requireKnownHost(brokers, e);
            requireValidConfig(e);
            String problem = e instanceof ApiException && !(e instanceof RetriableException)
                    ? "Kafka at " + brokers + " rejected the request: "
                    : "Cannot reach Kafka at " + brokers + ": ";
            throw new TopicCheckException(problem + reason(e)); // the cause may contain a password
        } finally {
            if (admin != null) {
                admin.close(Duration.ZERO); // without waiting for requests that no broker answers
            }
        }
    }

    private static void requireKnownHost(String brokers, KafkaException failure) {
        if (reason(failure).startsWith(UNKNOWN_HOSTS)) {
            throw new TopicCheckException(
                    "Cannot reach Kafka at " + brokers + ": the host is unknown; check the name and DNS");
        }
    }

    private Map<String, Integer> partitions(AccessRights rights, String remedy) {
        Map<String, Integer> partitions = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        AccessCheck access = new AccessCheck(admin, rights);
        Map<String, KafkaFuture<TopicDescription>> responses = admin.describeTopics(
                        rights.topics(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (String topic : rights.topics()) {
            try {
                TopicDescription description = get(Objects.requireNonNull(responses.get(topic)));
                access.check(description);
                partitions.put(topic, description.partitions().size());
            } catch (UnknownTopicOrPartitionException e) {
                missing.add(topic);
            } catch (TopicAuthorizationException e) {
                access.recordDenied(topic);
            }
        }
        requireNoneMissing(missing, remedy);
        List<AccessRight> missingRights = access.missing();
        if (!missingRights.isEmpty()) {
            throw new TopicCheckException("At " + brokers + " " + AccessRights.message(missingRights));
        }
        return partitions;
    }

    private void requireNoneMissing(List<String> missing, String remedy) {
        if (!missing.isEmpty()) {
            String action = notCreatable.isEmpty()
                    ? remedy
                    : AccessRights.message(
                            notCreatable.stream().map(AccessRight::toCreate).toList());
            throw new TopicCheckException(
                    "Kafka at " + brokers + " has no topic " + String.join(", ", missing) + "; " + action);
        }
    }

    /** Creates topics that do not exist and waits until their partitions have leaders. */
    private void create(List<NewTopic> topics) {
        Map<TopicPartition, OffsetSpec> created = new HashMap<>();
        Map<String, KafkaFuture<Void>> responses = admin.createTopics(topics).values();
        for (NewTopic topic : topics) {
            try {
                get(Objects.requireNonNull(responses.get(topic.name())));
                for (int partition = 0; partition < topic.numPartitions(); partition++) {
                    created.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
                }
            } catch (TopicExistsException e) {
                // an existing topic stays unchanged
            } catch (TopicAuthorizationException e) {
                notCreatable.add(topic.name()); // irrelevant if the topic exists
            }
        }
        getOnceKnown(() -> admin.listOffsets(created).all()); // the client retries until there is a leader
    }

    /** Retries while the requested broker does not know the topics: a new topic is not known to all brokers at once. */
    private static <T> T getOnceKnown(Supplier<KafkaFuture<T>> request) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (true) {
            try {
                return get(request.get());
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** The response, or the KafkaException that the request failed with. */
    static <T> T get(KafkaFuture<T> response) {
        try {
            return response.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            // What the client throws if its own timeout, which is as long, expires first.
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "no response within " + TIMEOUT_MILLIS / 1000 + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** Throws an {@link InvalidSettingException} if {@code failure} is about a setting that was passed through to Kafka. */
    public static void requireValidConfig(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigException) {
                throw new InvalidSettingException("Kafka rejected a setting: " + reason(cause));
            }
        }
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof org.apache.kafka.common.errors.TimeoutException) {
            return "no broker answers; check the address, and whether the broker runs";
        }
        String message = String.valueOf(deepest.getMessage());
        if (message.contains("java.security.auth.login.config")) {
            return "there are no credentials for SASL; set STAMPEDE_KAFKA_SASL_JAAS_CONFIG in the environment";
        }
        // Kafka repeats the text that it cannot parse, which may contain a password.
        return message.contains("JAAS")
                ? "sasl.jaas.config cannot be parsed; its format is: LOGIN.MODULE required username=\"NAME\""
                        + " password=\"PASSWORD\";"
                : message;
    }
}
