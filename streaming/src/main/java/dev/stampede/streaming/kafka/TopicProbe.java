package dev.stampede.streaming.kafka;

import dev.stampede.streaming.settings.AlertTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers repeatedly whether the topics of a running program still exist and may be used. One thread. */
public final class TopicProbe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicProbe.class);
    private static final int TIMEOUT_MILLIS = 4000;
    private static final int MAX_BACKOFF_MILLIS = 1000;

    private final Admin admin;
    private final AccessRights rights;
    private final AlertTopics alerts;
    private final Consumer<InputTopics> inputs;
    private Set<String> known = Set.of();

    private TopicProbe(Admin admin, AccessRights rights, AlertTopics alerts, Consumer<InputTopics> inputs) {
        this.admin = admin;
        this.rights = rights;
        this.alerts = alerts;
        this.inputs = inputs;
    }

    /**
     * Opens a client for the topics of {@code rights} and, if {@code alerts} is a pattern, for those that match it.
     *
     * @param client the configuration of a Kafka client
     * @param inputs receives the input topics of every answer
     */
    public static TopicProbe open(
            Map<String, Object> client, AccessRights rights, AlertTopics alerts, Consumer<InputTopics> inputs) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, MAX_BACKOFF_MILLIS);
        return new TopicProbe(Admin.create(config), rights, alerts, inputs);
    }

    /**
     * What is wrong with the topics, each problem with its topic; empty if nothing is.
     *
     * @throws org.apache.kafka.common.KafkaException if no broker answers within four seconds
     */
    public List<String> problems() {
        InputTopics now = alerts.isPattern()
                ? InputTopics.of(alerts, TopicCheck.get(admin.listTopics().names()))
                : new InputTopics(alerts.names(), List.of());
        announce(now);
        AccessRights all = alerts.isPattern() ? rights.andToRead(now.read()) : rights;
        List<AccessRight> missing = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        all.topics(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (String topic : all.topics()) {
            try {
                Set<AclOperation> granted = TopicCheck.get(Objects.requireNonNull(answers.get(topic)))
                        .authorizedOperations();
                if (granted != null) { // not reported by brokers before Kafka 2.3
                    missing.addAll(all.missingOn(topic, granted));
                }
            } catch (UnknownTopicOrPartitionException e) {
                if (rights.topics().contains(topic)) { // a topic of a pattern was deleted a moment ago
                    problems.add("the topic " + topic + " does not exist; create it again");
                }
            } catch (TopicAuthorizationException e) {
                missing.addAll(all.missingOn(topic, Set.of()));
            }
        }
        if (!missing.isEmpty()) {
            problems.add(AccessRights.message(missing));
        }
        return problems;
    }

    private void announce(InputTopics now) {
        inputs.accept(now);
        if (!alerts.isPattern() || known.equals(Set.copyOf(now.read()))) {
            return;
        }
        if (!known.isEmpty()) {
            List<String> created =
                    now.read().stream().filter(topic -> !known.contains(topic)).toList();
            List<String> deleted = known.stream()
                    .filter(topic -> !now.read().contains(topic))
                    .sorted()
                    .toList();
            LOG.atInfo()
                    .addKeyValue("created", created)
                    .addKeyValue("deleted", deleted)
                    .addKeyValue("read", now.read().size())
                    .log("The input topics have changed");
        }
        known = Set.copyOf(now.read());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
