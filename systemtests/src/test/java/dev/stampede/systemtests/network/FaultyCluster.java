package dev.stampede.systemtests.network;

import dev.stampede.systemtests.harness.Broker;
import dev.stampede.systemtests.harness.BrokerProcess;
import dev.stampede.systemtests.harness.ProcessHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three brokers, each on a separate host and disk, and a host for the stream. */
final class FaultyCluster implements AutoCloseable {
    private static final int BROKERS = 3;
    private static final int STREAM = BROKERS + 1;

    private final NetworkHosts hosts = NetworkHosts.open(STREAM);
    private final List<SmallDisk> disks = new ArrayList<>();
    private final List<BrokerProcess> brokers = new ArrayList<>();
    private boolean isClosed;

    private FaultyCluster() {}

    /** Starts the brokers, with their data in {@code folder}. */
    static FaultyCluster open(Path folder) throws InterruptedException {
        FaultyCluster cluster = new FaultyCluster();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "faulty-cluster-close"));
        boolean isOpen = false;
        try {
            cluster.start(folder);
            isOpen = true;
            return cluster;
        } finally {
            if (!isOpen) {
                cluster.close();
            }
        }
    }

    private void start(Path folder) throws InterruptedException {
        SmallDisk.unmountAll();
        List<ProcessHost> places = new ArrayList<>();
        for (int node = 1; node <= BROKERS; node++) {
            disks.add(SmallDisk.mount(BrokerProcess.data(folder, node)));
            places.add(hosts.host(node));
        }
        brokers.addAll(BrokerProcess.cluster(folder, places));
    }

    /** For {@code bootstrap.servers}. */
    String addresses() {
        return brokers.stream().map(Broker::address).collect(Collectors.joining(","));
    }

    /** The host without a broker. */
    ProcessHost streamHost() {
        return hosts.host(STREAM);
    }

    /** Begins a fault that concerns the broker {@code node}. */
    void begin(NetworkFault fault, int node) {
        switch (fault) {
            case STREAM_FROM_BROKER -> hosts.separate(STREAM, node);
            case BROKER_FROM_BROKERS ->
                IntStream.rangeClosed(1, BROKERS)
                        .filter(other -> other != node)
                        .forEach(other -> hosts.separate(node, other));
            case LOSS_AND_DELAY -> IntStream.rangeClosed(1, STREAM).forEach(hosts::degrade);
            case FULL_DISK -> disks.get(node - 1).fill();
        }
    }

    /** Whether the broker {@code node} has not ended by itself. */
    boolean isRunning(int node) {
        return brokers.get(node - 1).isRunning();
    }

    /** Ends it; a broker whose disk was full is started again. */
    void end(NetworkFault fault, int node) throws InterruptedException {
        if (fault == NetworkFault.FULL_DISK) {
            disks.get(node - 1).free();
            brokers.get(node - 1).kill();
            brokers.get(node - 1).start();
        } else {
            hosts.repair();
        }
    }

    /** Ends the brokers and removes hosts and disks; also called when the JVM ends. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            brokers.forEach(Broker::close);
        } finally {
            try {
                hosts.close();
            } finally {
                disks.forEach(SmallDisk::close);
            }
        }
    }
}
