package dev.stampede.peers;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What a program reads, scores and writes.
 *
 * @param brokers {@code bootstrap.servers}
 * @param input the topic of alerts, read from its beginning
 * @param output the topic of results
 * @param model a path, or the name of a shipped model
 * @param normaliser {@code stampede} for that of the stream, {@code plain} for one as users write it
 * @param threads parallel workers, 1 or more
 * @param folder for checkpoints
 */
record PeerOptions(
        String brokers, String input, String output, String model, String normaliser, int threads, String folder)
        implements Serializable {
    /** As in the stream; Kafka's default of 16 KB reduces throughput to a third. */
    static final int PRODUCER_BATCH_BYTES = 256 << 10;

    /** As in the stream. */
    static final int LINGER_MILLIS = 5;

    /** As in the stream. */
    static final int PARTITION_FETCH_BYTES = 8 << 20;

    private static final String PLAIN = "plain";

    /**
     * From the arguments {@code NAME=VALUE} of a program.
     *
     * @throws IllegalArgumentException if one is missing
     */
    static PeerOptions parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            values.put(argument.substring(0, Math.max(0, equals)), argument.substring(equals + 1));
        }
        return new PeerOptions(
                required(values, "brokers"),
                required(values, "input"),
                required(values, "output"),
                required(values, "model"),
                required(values, "normaliser"),
                Integer.parseInt(required(values, "threads")),
                required(values, "folder"));
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The argument " + name + "=... is missing.");
        }
        return value;
    }

    boolean plain() {
        return normaliser.equals(PLAIN);
    }
}
