package dev.stampede.streaming.monitor;

import org.apache.kafka.streams.KafkaStreams;

/**
 * A condition for a stream to be alive or ready.
 *
 * @param name one word
 * @param holds whether it holds
 * @param description the state, and the reason if it does not hold
 */
public record HealthCheck(String name, boolean holds, String description) {
    /** Holds if Kafka Streams is running. */
    public static HealthCheck ofState(String name, KafkaStreams.State state) {
        return new HealthCheck(name, state == KafkaStreams.State.RUNNING, describe(state));
    }

    private static String describe(KafkaStreams.State state) {
        return switch (state) {
            case CREATED -> "not started yet";
            case REBALANCING -> "joining the group or rebalancing";
            case RUNNING -> "running";
            case PENDING_SHUTDOWN -> "stopping";
            case NOT_RUNNING -> "stopped";
            case PENDING_ERROR, ERROR -> "stopped by a failure";
        };
    }
}
