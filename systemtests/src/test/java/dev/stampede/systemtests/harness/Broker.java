package dev.stampede.systemtests.harness;

/** A Kafka broker that can fail. */
public interface Broker extends AutoCloseable {
    String address();

    /** Stops the broker and starts it again on its data. */
    void restart() throws InterruptedException;

    /** Stops the broker permanently. */
    void kill() throws InterruptedException;

    @Override
    void close();
}
