package dev.stampede.systemtests.harness;

import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A broker of a cluster, as a separate process. */
public final class BrokerProcess implements Broker {
    private static final int HEAP_MEBIBYTES = 384;
    private static final Pattern RUNNING = Pattern.compile("Broker running");
    /** Of a JVM that SIGTERM ends: 128 and the number of the signal. */
    private static final int SIGTERM_EXIT_CODE = 143;

    private final Path folder;
    private final int node;
    private final int port;
    private final String controllerPorts;
    private JavaProcess process;

    private BrokerProcess(Path folder, int node, int port, String controllerPorts) {
        this.folder = folder;
        this.node = node;
        this.port = port;
        this.controllerPorts = controllerPorts;
        this.process = launch();
    }

    /** Starts a cluster of {@code nodes} brokers with their data in {@code folder}, and waits until all are running. */
    public static List<Broker> cluster(Path folder, int nodes) throws InterruptedException {
        String controllers = IntStream.range(0, nodes)
                .mapToObj(node -> String.valueOf(EmbeddedBroker.freePort(0)))
                .collect(Collectors.joining(","));
        List<BrokerProcess> brokers = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            brokers.add(new BrokerProcess(folder, node, EmbeddedBroker.freePort(0), controllers));
        }
        for (BrokerProcess broker : brokers) {
            broker.process.await(RUNNING);
        }
        return List.copyOf(brokers);
    }

    /** The program: a broker that runs until SIGTERM. Its arguments are those of {@link #launch}. */
    public static void main(String[] arguments) throws InterruptedException {
        List<Integer> controllers =
                Stream.of(arguments[3].split(",", -1)).map(Integer::valueOf).toList();
        BrokerSettings settings = new BrokerSettings(
                        Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), controllers, Map.of())
                .waitingForThreads();
        EmbeddedBroker broker = EmbeddedBroker.open(Path.of(arguments[0]), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
        System.out.println(RUNNING);
        new CountDownLatch(1).await();
    }

    private JavaProcess launch() {
        String name = "broker-" + node;
        return JavaProcess.start(
                folder.resolve(name + ".log"),
                HEAP_MEBIBYTES,
                BrokerProcess.class,
                List.of(folder.resolve(name).toString(), "" + node, "" + port, controllerPorts));
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void restart() throws InterruptedException {
        process.terminate(SIGTERM_EXIT_CODE);
        process = launch();
        process.await(RUNNING);
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
