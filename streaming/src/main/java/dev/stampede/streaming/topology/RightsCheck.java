package dev.stampede.streaming.topology;

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
 * Finds out before the work begins which rights are lacking. Of groups and transactional ids it can see only whether any
 * right is there; where that is the wrong one, the work itself fails.
 */
final class RightsCheck {
    private final Admin admin;
    private final Rights rights;
    private final List<Right> lacking = new ArrayList<>();

    RightsCheck(Admin admin, Rights rights) {
        this.admin = admin;
        this.rights = rights;
    }

    /** Notes what is lacking on a topic that may be described. */
    void look(TopicDescription topic) {
        Set<AclOperation> granted = topic.authorizedOperations();
        if (granted != null) { // a broker before Kafka 2.3 does not say
            lacking.addAll(rights.lackingOn(topic.name(), granted));
        }
    }

    /** Notes that nothing at all may be done with {@code topic}. */
    void isClosed(String topic) {
        lacking.addAll(rights.lackingOn(topic, Set.of()));
    }

    /** Everything that is lacking. */
    List<Right> lacking() {
        for (Right right : rights.to(ResourceType.GROUP)) {
            ask(right, admin.listConsumerGroupOffsets(right.name()).partitionsToOffsetAndMetadata());
        }
        for (Right right : rights.to(ResourceType.TRANSACTIONAL_ID)) {
            String example = right.isPrefix() ? right.start() + UUID.randomUUID() + "-1" : right.name();
            ask(right, admin.describeTransactions(List.of(example)).all());
        }
        return List.copyOf(lacking);
    }

    /** Whatever else goes wrong is none of this check: what has never been is not found, and old brokers do not say. */
    private void ask(Right right, KafkaFuture<?> answer) {
        try {
            TopicCheck.get(answer);
        } catch (GroupAuthorizationException | TransactionalIdAuthorizationException e) {
            lacking.add(right);
        } catch (KafkaException e) {
            return;
        }
    }
}
