package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.broker.BrokerPlan;
import dev.stampede.streaming.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The program of {@link BrokerProcess}: one embedded broker, until SIGTERM. */
final class BrokerNode {
    static final String RUNNING = "Broker runs";

    private BrokerNode() {}

    /** Takes the directory of the data, the number of the node, its port, and the ports of all controllers by commas. */
    public static void main(String[] arguments) throws InterruptedException {
        List<Integer> controllers =
                Stream.of(arguments[3].split(",", -1)).map(Integer::valueOf).toList();
        BrokerPlan plan =
                new BrokerPlan(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), controllers, Map.of());
        EmbeddedBroker broker = EmbeddedBroker.open(Path.of(arguments[0]), plan);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
        System.out.println(RUNNING);
        new CountDownLatch(1).await(); // the signal ends it
    }
}
