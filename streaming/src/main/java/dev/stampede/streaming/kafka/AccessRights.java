package dev.stampede.streaming.kafka;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.resource.ResourceType;

/** The access rights on Kafka that a program needs, and messages about missing ones. */
public record AccessRights(List<AccessRight> needed) {
    public AccessRights {
        needed = List.copyOf(needed);
    }

    public static AccessRights of(AccessRight... needed) {
        return new AccessRights(List.of(needed));
    }

    /** These and the right to read each of {@code more}. */
    public AccessRights andToRead(List<String> more) {
        return new AccessRights(Stream.concat(needed.stream(), more.stream().map(AccessRight::toRead))
                .distinct()
                .toList());
    }

    /** The topics, each once. */
    List<String> topics() {
        return needed.stream()
                .filter(right -> right.resource() == ResourceType.TOPIC)
                .map(AccessRight::name)
                .distinct()
                .toList();
    }

    /** The rights on {@code topic} that are not {@code granted}. */
    List<AccessRight> missingOn(String topic, Set<AclOperation> granted) {
        return filter(right -> right.resource() == ResourceType.TOPIC
                && right.name().equals(topic)
                && right.operation() != AclOperation.CREATE
                && !granted.contains(right.operation()));
    }

    /** The rights on resources of one type. */
    List<AccessRight> to(ResourceType resource) {
        return filter(right -> right.resource() == resource);
    }

    private List<AccessRight> filter(Predicate<AccessRight> wanted) {
        return needed.stream().filter(wanted).toList();
    }

    /** A message for a failure that a missing right has caused; empty if it has another cause. */
    public Optional<String> missingFrom(Throwable failure) {
        Set<AccessRight> missing = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TopicAuthorizationException topics) {
                topics.unauthorizedTopics().forEach(topic -> missing.addAll(missingOn(topic, Set.of())));
            } else if (cause instanceof GroupAuthorizationException group) {
                missing.addAll(filter(right ->
                        right.resource() == ResourceType.GROUP && right.name().equals(group.groupId())));
            } else if (cause instanceof TransactionalIdAuthorizationException) {
                missing.addAll(to(ResourceType.TRANSACTIONAL_ID));
            } else if (isOffsetCommitDenied(cause)) {
                missing.addAll(filter(
                        right -> right.resource() == ResourceType.TOPIC && right.operation() == AclOperation.READ));
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(message(missing));
    }

    /** For offsets in a transaction, Kafka's producer reports the cause only in its message. */
    private static boolean isOffsetCommitDenied(Throwable cause) {
        return cause instanceof KafkaException
                && String.valueOf(cause.getMessage()).contains(Errors.TOPIC_AUTHORIZATION_FAILED.message());
    }

    /** Names the missing rights and the commands that grant them. */
    static String message(Iterable<AccessRight> missing) {
        List<String> description = new ArrayList<>();
        Set<String> commands = new LinkedHashSet<>();
        missing.forEach(right -> {
            description.add(right.describe());
            commands.add("kafka-acls.sh --add --allow-principal User:NAME " + right.options());
        });
        return "the Kafka user lacks the right to " + String.join(", ", description)
                + "; grant it (docs/reference/kafka-permissions.md): "
                + commands.stream().collect(Collectors.joining("; "));
    }
}
