package dev.stampede.streaming.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the brokers repeatedly whether the topics of a running program still exist and may be used. One thread. */
public final class TopicProbe implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 4000;
    private static final int MAX_BACKOFF_MILLIS = 1000;

    private final Admin admin;
    private final AccessRights rights;

    private TopicProbe(Admin admin, AccessRights rights) {
        this.admin = admin;
        this.rights = rights;
    }

    /**
     * Opens a client for the topics of {@code rights}.
     *
     * @param client the configuration of a Kafka client
     */
    public static TopicProbe open(Map<String, Object> client, AccessRights rights) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, MAX_BACKOFF_MILLIS);
        return new TopicProbe(Admin.create(config), rights);
    }

    /**
     * What is wrong with the topics, each problem with its topic; empty if nothing is.
     *
     * @throws org.apache.kafka.common.KafkaException if no broker answers within four seconds
     */
    public List<String> problems() {
        List<AccessRight> missing = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        rights.topics(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (String topic : rights.topics()) {
            try {
                Set<AclOperation> granted = TopicCheck.get(Objects.requireNonNull(answers.get(topic)))
                        .authorizedOperations();
                if (granted != null) { // not reported by brokers before Kafka 2.3
                    missing.addAll(rights.missingOn(topic, granted));
                }
            } catch (UnknownTopicOrPartitionException e) {
                problems.add("the topic " + topic + " does not exist; create it again");
            } catch (TopicAuthorizationException e) {
                missing.addAll(rights.missingOn(topic, Set.of()));
            }
        }
        if (!missing.isEmpty()) {
            problems.add(AccessRights.message(missing));
        }
        return problems;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
