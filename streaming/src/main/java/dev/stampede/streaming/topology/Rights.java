package dev.stampede.streaming.topology;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.streams.StreamsConfig;

/** Every right that a command needs of Kafka; says in words which of them it lacks. */
public record Rights(List<Right> needed) {
    public Rights {
        needed = List.copyOf(needed);
    }

    public static Rights of(Right... needed) {
        return new Rights(List.of(needed));
    }

    /** Those of a stream, and no other: {@code docs/security.md} lists them, and a test compares. */
    static Rights of(StreamSettings settings) {
        Topics topics = settings.topics();
        boolean transacts = settings.guarantee().equals(StreamsConfig.EXACTLY_ONCE_V2);
        List<Right> needed = new ArrayList<>(List.of(
                Right.toRead(topics.alerts()),
                Right.toWrite(topics.classifications()),
                Right.toWrite(topics.deadLetters()),
                Right.toJoin(settings.applicationId())));
        if (transacts) {
            // Kafka Streams names them APPLICATION-PROCESS-THREAD, so those of the explanations begin so as well.
            needed.add(Right.toTransact(settings.applicationId() + "-*"));
        }
        if (settings.explanations().explainsLater()) {
            needed.add(Right.toWrite(topics.explanationRequests()));
            needed.add(Right.toRead(topics.explanationRequests()));
            needed.add(Right.toWrite(topics.explanations()));
            needed.add(Right.toJoin(StreamsChoices.explanationsId(settings)));
        }
        if (settings.releases().isPresent()) {
            needed.add(Right.toRead(topics.models()));
            needed.add(Right.toWrite(topics.shadowClassifications()));
        }
        if (settings.pageTakesLabels()) {
            needed.add(Right.toWrite(settings.labelsTopic()));
        }
        if (settings.newTopics().isPresent()) {
            settings.usedTopics().forEach(topic -> needed.add(Right.toCreate(topic)));
        }
        return new Rights(needed);
    }

    /** The topics, each once. */
    List<String> topics() {
        return needed.stream()
                .filter(right -> right.resource() == ResourceType.TOPIC)
                .map(Right::name)
                .distinct()
                .toList();
    }

    /** The rights to {@code topic} that are not among {@code granted}. */
    List<Right> lackingOn(String topic, Set<AclOperation> granted) {
        return those(right -> right.resource() == ResourceType.TOPIC
                && right.name().equals(topic)
                && right.operation() != AclOperation.CREATE
                && !granted.contains(right.operation()));
    }

    /** The rights of one kind. */
    List<Right> to(ResourceType resource) {
        return those(right -> right.resource() == resource);
    }

    private List<Right> those(Predicate<Right> wanted) {
        return needed.stream().filter(wanted).toList();
    }

    /** What to say of a failure that Kafka's lack of a right has caused; empty where it has another cause. */
    public Optional<String> lackedBy(Throwable failure) {
        Set<Right> lacking = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TopicAuthorizationException topics) {
                topics.unauthorizedTopics().forEach(topic -> lacking.addAll(lackingOn(topic, Set.of())));
            } else if (cause instanceof GroupAuthorizationException group) {
                lacking.addAll(those(right ->
                        right.resource() == ResourceType.GROUP && right.name().equals(group.groupId())));
            } else if (cause instanceof TransactionalIdAuthorizationException) {
                lacking.addAll(to(ResourceType.TRANSACTIONAL_ID));
            } else if (isOffsetsRefused(cause)) {
                lacking.addAll(those(
                        right -> right.resource() == ResourceType.TOPIC && right.operation() == AclOperation.READ));
            }
        }
        return lacking.isEmpty() ? Optional.empty() : Optional.of(sentence(lacking));
    }

    /** Of the offsets in a transaction Kafka's producer says it in words alone. */
    private static boolean isOffsetsRefused(Throwable cause) {
        return cause instanceof KafkaException
                && String.valueOf(cause.getMessage()).contains(Errors.TOPIC_AUTHORIZATION_FAILED.message());
    }

    /** That these are lacking, and what to do about it. */
    static String sentence(Iterable<Right> lacking) {
        List<String> words = new ArrayList<>();
        Set<String> commands = new LinkedHashSet<>();
        lacking.forEach(right -> {
            words.add(right.words());
            commands.add("kafka-acls.sh --add --allow-principal User:NAME " + right.options());
        });
        return "the user of Kafka lacks the right to " + String.join(", ", words) + "; grant it (docs/security.md): "
                + commands.stream().collect(Collectors.joining("; "));
    }
}
