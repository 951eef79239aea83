package dev.stampede.systemtests.network;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.error.FailureReason;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Utils;

/** What a cluster says of its partitions. */
final class ClusterState implements AutoCloseable {
    private static final Duration SYNC_TIMEOUT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 200;

    private final Admin admin;

    private ClusterState(Admin admin) {
        this.admin = admin;
    }

    static ClusterState of(String brokers) {
        return new ClusterState(Admin.create(Map.of("bootstrap.servers", brokers)));
    }

    private Map<String, TopicDescription> topics() throws InterruptedException {
        try {
            return admin.describeTopics(admin.listTopics(new ListTopicsOptions().listInternal(true))
                            .names()
                            .get())
                    .allTopicNames()
                    .get();
        } catch (ExecutionException e) {
            throw CommandException.failed("Cannot describe the topics of the cluster: " + FailureReason.of(e));
        }
    }

    /** The number of the broker that coordinates a group: the leader of the partition with its positions. */
    int coordinator(String group) throws InterruptedException {
        TopicDescription positions = Objects.requireNonNull(topics().get(Topic.GROUP_METADATA_TOPIC_NAME));
        int partition = Utils.abs(group.hashCode()) % positions.partitions().size();
        return positions.partitions().get(partition).leader().id();
    }

    /** Waits until every replica of every partition is in sync, so that the next fault meets a complete cluster. */
    void awaitInSync() throws InterruptedException {
        long deadline = System.nanoTime() + SYNC_TIMEOUT.toNanos();
        while (!isInSync()) {
            if (System.nanoTime() > deadline) {
                throw CommandException.failed("The brokers have not caught up with each other within "
                        + SYNC_TIMEOUT.toSeconds() + " s; see the files of this run");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private boolean isInSync() throws InterruptedException {
        return topics().values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition ->
                        partition.isr().size() == partition.replicas().size());
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
