package dev.stampede.streaming.topology;

import dev.stampede.stamps.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks at start that the broker answers and has every topic: Kafka Streams itself would wait for them in silence. */
final class TopicCheck {
    private static final int TIMEOUT_MILLIS = 10_000;

    private TopicCheck() {}

    static void demand(StreamSettings settings) {
        Map<String, Object> config = settings.adminConfig();
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        List<String> missing;
        try (Admin admin = Admin.create(config)) {
            missing = missing(admin, settings);
        } catch (KafkaException e) {
            throw CommandFailure.failed("Cannot reach Kafka at " + settings.bootstrapServers() + ": " + reason(e));
        }
        if (!missing.isEmpty()) {
            throw CommandFailure.failed("Kafka at " + settings.bootstrapServers() + " has no topic "
                    + String.join(", ", missing) + "; create it, or name another in the settings");
        }
    }

    private static List<String> missing(Admin admin, StreamSettings settings) {
        List<String> missing = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(settings.topics().all()).topicNameValues();
        for (String topic : settings.topics().all()) {
            try {
                Objects.requireNonNull(answers.get(topic)).get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException(e.getCause());
                }
                missing.add(topic);
            } catch (TimeoutException e) {
                throw new KafkaException("no answer within " + TIMEOUT_MILLIS / 1000 + " s", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted", e);
            }
        }
        return missing;
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
