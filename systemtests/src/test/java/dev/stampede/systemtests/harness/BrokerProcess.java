package dev.stampede.systemtests.harness;

import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A broker of a cluster, as a separate process. */
public final class BrokerProcess implements Broker {
    private static final int HEAP_MEBIBYTES = 384;
    private static final Pattern RUNNING = Pattern.compile("Broker running");
    /** Of a JVM that SIGTERM ends: 128 and the number of the signal. */
    private static final int SIGTERM_EXIT_CODE = 143;

    private final ProcessHost host;
    private final Path folder;
    private final int node;
    private final int port;
    private final String controllers;
    private JavaProcess process;

    private BrokerProcess(ProcessHost host, Path folder, int node, int port, String controllers) {
        this.host = host;
        this.folder = folder;
        this.node = node;
        this.port = port;
        this.controllers = controllers;
        this.process = launch();
    }

    /** Starts a cluster of {@code nodes} brokers with their data in {@code folder}, and waits until all are running. */
    public static List<BrokerProcess> cluster(Path folder, int nodes) throws InterruptedException {
        return cluster(folder, Collections.nCopies(nodes, ProcessHost.LOCAL));
    }

    /** Starts a cluster with a broker on each of {@code hosts}, and waits until all are running. */
    public static List<BrokerProcess> cluster(Path folder, List<ProcessHost> hosts) throws InterruptedException {
        String controllers = hosts.stream()
                .map(host -> host.address() + ":" + EmbeddedBroker.freePort(0))
                .collect(Collectors.joining(","));
        List<BrokerProcess> brokers = new ArrayList<>();
        boolean isRunning = false;
        try {
            for (ProcessHost host : hosts) {
                brokers.add(
                        new BrokerProcess(host, folder, brokers.size() + 1, EmbeddedBroker.freePort(0), controllers));
            }
            for (BrokerProcess broker : brokers) {
                broker.process.await(RUNNING);
            }
            isRunning = true;
            return List.copyOf(brokers);
        } finally {
            if (!isRunning) {
                brokers.forEach(BrokerProcess::close);
            }
        }
    }

    /** The data of a broker of a cluster in {@code folder}, by its number from 1. */
    public static Path data(Path folder, int node) {
        return folder.resolve("broker-" + node);
    }

    /** The program: a broker that runs until SIGTERM. Its arguments are those of {@link #launch}. */
    public static void main(String[] arguments) throws InterruptedException {
        BrokerSettings settings = new BrokerSettings(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        List.of(arguments[3].split(",", -1)),
                        Map.of())
                .waitingForThreads();
        EmbeddedBroker broker = EmbeddedBroker.open(Path.of(arguments[0]), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
        System.out.println(RUNNING);
        new CountDownLatch(1).await();
    }

    private JavaProcess launch() {
        Path data = data(folder, node);
        return JavaProcess.start(
                host,
                folder.resolve(data.getFileName() + ".log"),
                HEAP_MEBIBYTES,
                BrokerProcess.class,
                List.of(data.toString(), "" + node, "" + port, controllers));
    }

    @Override
    public String address() {
        return host.address() + ":" + port;
    }

    @Override
    public void restart() throws InterruptedException {
        process.terminate(SIGTERM_EXIT_CODE);
        start();
    }

    @Override
    public void start() throws InterruptedException {
        process = launch();
        process.await(RUNNING);
    }

    /** Whether the process is alive. */
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void kill() throws InterruptedException {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
