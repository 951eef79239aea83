package dev.stampede.streaming.topology;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/**
 * A right of a user of Kafka, as an access control list grants it.
 *
 * @param resource topic, group or transactional id
 * @param name of the resource; one that ends with {@code *} stands for all names that begin so
 */
public record Right(ResourceType resource, String name, AclOperation operation) {
    private static final String ANY_END = "*";

    public static Right toRead(String topic) {
        return new Right(ResourceType.TOPIC, topic, AclOperation.READ);
    }

    public static Right toWrite(String topic) {
        return new Right(ResourceType.TOPIC, topic, AclOperation.WRITE);
    }

    /** To make a topic of that name. */
    static Right toCreate(String topic) {
        return new Right(ResourceType.TOPIC, topic, AclOperation.CREATE);
    }

    /** To see how a topic is set. */
    static Right toDescribeConfigs(String topic) {
        return new Right(ResourceType.TOPIC, topic, AclOperation.DESCRIBE_CONFIGS);
    }

    /** To take part in a consumer group, and to commit what it has read. */
    public static Right toJoin(String group) {
        return new Right(ResourceType.GROUP, group, AclOperation.READ);
    }

    /** To write in transactions of that id. */
    public static Right toTransact(String transactionalId) {
        return new Right(ResourceType.TRANSACTIONAL_ID, transactionalId, AclOperation.WRITE);
    }

    /** Whether it is for every name that begins with {@link #start}. */
    public boolean isPrefix() {
        return name.endsWith(ANY_END);
    }

    /** The name, without the sign that any end may follow. */
    public String start() {
        return isPrefix() ? name.substring(0, name.length() - ANY_END.length()) : name;
    }

    /** As one says it: {@code Read on topic alerts}. */
    public String words() {
        return SecurityUtils.operationName(operation) + " on "
                + resource.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + name;
    }

    /** The words of {@code kafka-acls.sh} that grant it. */
    String options() {
        String option = resource == ResourceType.TRANSACTIONAL_ID
                ? "transactional-id"
                : resource.name().toLowerCase(Locale.ROOT);
        return "--operation " + SecurityUtils.operationName(operation) + " --" + option + " " + start()
                + (isPrefix() ? " --resource-pattern-type prefixed" : "");
    }
}
