package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Brokers as processes of their own, so that they can be killed and their memory is not that of the measurement. */
final class BrokerProcess implements AutoCloseable {
    private static final int HEAP_MEBIBYTES = 384;

    private final Path folder;
    private final int node;
    private final int clientPort;
    private final String controllerPorts;
    private JavaProcess process;

    private BrokerProcess(Path folder, int node, int clientPort, String controllerPorts) {
        this.folder = folder;
        this.node = node;
        this.clientPort = clientPort;
        this.controllerPorts = controllerPorts;
        this.process = launch();
    }

    /** Starts a cluster of {@code nodes} brokers, whose data go into {@code folder}, and waits until all of them run. */
    static List<BrokerProcess> cluster(Path folder, int nodes) throws InterruptedException {
        String controllers = IntStream.range(0, nodes)
                .mapToObj(node -> String.valueOf(EmbeddedBroker.claim(0)))
                .collect(Collectors.joining(","));
        List<BrokerProcess> brokers = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            brokers.add(new BrokerProcess(folder, node, EmbeddedBroker.claim(0), controllers));
        }
        for (BrokerProcess broker : brokers) {
            broker.process.awaitWord(BrokerNode.RUNNING);
        }
        return brokers;
    }

    /** The addresses of all of them, as clients want them. */
    static String addresses(List<BrokerProcess> brokers) {
        return brokers.stream().map(broker -> "127.0.0.1:" + broker.clientPort).collect(Collectors.joining(","));
    }

    private JavaProcess launch() {
        String name = "broker-" + node;
        return JavaProcess.start(
                folder.resolve(name + ".log"),
                HEAP_MEBIBYTES,
                BrokerNode.class.getName(),
                folder.resolve(name).toString(),
                String.valueOf(node),
                String.valueOf(clientPort),
                controllerPorts);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGTERM; then it goes on with its data. */
    void restart() throws InterruptedException {
        process.terminate();
        process = launch();
        process.awaitWord(BrokerNode.RUNNING);
    }

    @Override
    public void close() {
        process.close();
    }
}
