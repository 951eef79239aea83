package dev.stampede.systemtests.harness;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;

/** The instances of one stream, each a process with its log and settings in one folder. Thread-safe. */
public final class StreamInstances implements AutoCloseable {
    /** The group of the stream of {@link #failoverSettings}. */
    public static final String GROUP = "system-test";

    private static final int THREADS = 2;

    private final ProcessHost host;
    private final Path folder;
    private final String settings;
    private final List<JavaProcess> instances = new ArrayList<>();
    private int started;

    /** @param settings text of a properties file, for instance {@link #failoverSettings} */
    public StreamInstances(Path folder, String settings) {
        this(ProcessHost.LOCAL, folder, settings);
    }

    /** The same on a host. */
    public StreamInstances(ProcessHost host, Path folder, String settings) {
        this.host = host;
        this.folder = folder;
        this.settings = settings;
    }

    /** Settings of a stream that creates its topics and fails over quickly; the others have their defaults. */
    public static String failoverSettings(
            String brokers, Path model, String guarantee, String protocol, int partitions, int transactionMillis) {
        String text = """
                bootstrap.servers=%s
                application.id=%s
                model.path=%s
                processing.guarantee=%s
                group.protocol=%s
                threads=%d
                http.port=0
                topics.create=true
                topics.partitions=%d
                topics.replication-factor=%d
                """.formatted(
                        brokers,
                        GROUP,
                        model,
                        guarantee,
                        protocol,
                        THREADS,
                        partitions,
                        Math.min(3, brokers.split(",", -1).length));
        if (protocol.equals("classic")) { // with the streams protocol the broker sets these
            text += "main.consumer.session.timeout.ms=6000\nmain.consumer.heartbeat.interval.ms=2000\n";
        }
        if (guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2)) {
            text += "producer.transaction.timeout.ms=" + transactionMillis + "\n";
        }
        return text;
    }

    /** Starts one more instance and waits until it is running. */
    public JavaProcess start() throws InterruptedException {
        JavaProcess instance;
        synchronized (this) {
            instance = JavaProcess.stream(host, folder, "instance-" + started++, settings);
            instances.add(instance);
        }
        instance.awaitRunning();
        return instance;
    }

    private synchronized JavaProcess removeLast() {
        return instances.remove(instances.size() - 1);
    }

    /** Kills the instance that was started last with SIGKILL. */
    public void killLast() throws InterruptedException {
        removeLast().kill();
    }

    /** Stops the instance that was started last with SIGTERM. */
    public void terminateLast() throws InterruptedException {
        removeLast().terminate();
    }

    /** Replaces the instances that ended by themselves, as a supervisor would; returns their number and names their logs. */
    public synchronized int restartEnded(PrintStream notes) {
        int restarts = 0;
        for (int i = 0; i < instances.size(); i++) {
            if (!instances.get(i).isAlive()) {
                notes.println("  an instance ended by itself and is replaced; its log: "
                        + instances.get(i).log());
                instances.set(i, JavaProcess.stream(host, folder, "instance-" + started++, settings));
                restarts++;
            }
        }
        return restarts;
    }

    /** Stops all instances that are alive with SIGTERM. */
    public synchronized void terminateAll() throws InterruptedException {
        for (JavaProcess instance : instances) {
            if (instance.isAlive()) {
                instance.terminate();
            }
        }
    }

    @Override
    public synchronized void close() {
        instances.forEach(JavaProcess::close);
    }
}
