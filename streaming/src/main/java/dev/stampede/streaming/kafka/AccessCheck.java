package dev.stampede.streaming.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Determines missing rights before the work starts. For groups and transactional ids Kafka reveals only whether any right
 * is granted; if that is another right, the work itself fails.
 */
final class AccessCheck {
    private final Admin admin;
    private final AccessRights rights;
    private final List<AccessRight> missing = new ArrayList<>();

    AccessCheck(Admin admin, AccessRights rights) {
        this.admin = admin;
        this.rights = rights;
    }

    /** Checks a topic that may be described. */
    void check(TopicDescription topic) {
        Set<AclOperation> granted = topic.authorizedOperations();
        if (granted != null) { // not reported by brokers before Kafka 2.3
            missing.addAll(rights.missingOn(topic.name(), granted));
        }
    }

    /** Records that no right on {@code topic} is granted. */
    void recordDenied(String topic) {
        missing.addAll(rights.missingOn(topic, Set.of()));
    }

    /** All missing rights. */
    List<AccessRight> missing() {
        for (AccessRight right : rights.to(ResourceType.GROUP)) {
            check(right, admin.listConsumerGroupOffsets(right.name()).partitionsToOffsetAndMetadata());
        }
        for (AccessRight right : rights.to(ResourceType.TRANSACTIONAL_ID)) {
            String example = right.isPrefix() ? right.start() + UUID.randomUUID() + "-1" : right.name();
            check(right, admin.describeTransactions(List.of(example)).all());
        }
        return List.copyOf(missing);
    }

    /** Ignores other errors: a group that does not exist yet is not found, and old brokers do not support the request. */
    private void check(AccessRight right, KafkaFuture<?> answer) {
        try {
            TopicCheck.get(answer);
        } catch (GroupAuthorizationException | TransactionalIdAuthorizationException e) {
            missing.add(right);
        } catch (KafkaException e) {
            return;
        }
    }
}
