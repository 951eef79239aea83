package dev.stampede.systemtests.harness;

/** A Kafka broker that can fail. */
public interface Broker extends AutoCloseable {
    String address();

    /** Stops the broker and starts it again on its data. */
    void restart() throws InterruptedException;

    /** Ends the broker, if it runs. */
    void kill() throws InterruptedException;

    /** Starts the broker again on its data and its port, after it has ended. */
    void start() throws InterruptedException;

    @Override
    void close();
}
