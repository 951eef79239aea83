package dev.stampede.streaming.kafka;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/**
 * A right of a Kafka user, as an access control list (ACL) grants it.
 *
 * @param resource topic, group or transactional id
 * @param name of the resource; a name that ends with {@code *} is a prefix
 */
public record AccessRight(ResourceType resource, String name, AclOperation operation) {
    private static final String WILDCARD = "*";

    public static AccessRight toRead(String topic) {
        return new AccessRight(ResourceType.TOPIC, topic, AclOperation.READ);
    }

    public static AccessRight toWrite(String topic) {
        return new AccessRight(ResourceType.TOPIC, topic, AclOperation.WRITE);
    }

    /** The right to create a topic of that name. */
    public static AccessRight toCreate(String topic) {
        return new AccessRight(ResourceType.TOPIC, topic, AclOperation.CREATE);
    }

    /** The right to read the configuration of a topic. */
    public static AccessRight toDescribeConfigs(String topic) {
        return new AccessRight(ResourceType.TOPIC, topic, AclOperation.DESCRIBE_CONFIGS);
    }

    /** The right to join a consumer group and commit offsets. */
    public static AccessRight toJoin(String group) {
        return new AccessRight(ResourceType.GROUP, group, AclOperation.READ);
    }

    /** The right to write transactions with that id. */
    public static AccessRight toTransact(String transactionalId) {
        return new AccessRight(ResourceType.TRANSACTIONAL_ID, transactionalId, AclOperation.WRITE);
    }

    /** Whether the right applies to every name that starts with {@link #start}. */
    public boolean isPrefix() {
        return name.endsWith(WILDCARD);
    }

    /** The name without the wildcard. */
    public String start() {
        return isPrefix() ? name.substring(0, name.length() - WILDCARD.length()) : name;
    }

    /** For example {@code Read on topic alerts}. */
    public String describe() {
        return SecurityUtils.operationName(operation) + " on "
                + resource.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + name;
    }

    /** The options of {@code kafka-acls.sh} that grant the right. */
    String options() {
        String option = resource == ResourceType.TRANSACTIONAL_ID
                ? "transactional-id"
                : resource.name().toLowerCase(Locale.ROOT);
        return "--operation " + SecurityUtils.operationName(operation) + " --" + option + " " + start()
                + (isPrefix() ? " --resource-pattern-type prefixed" : "");
    }
}
