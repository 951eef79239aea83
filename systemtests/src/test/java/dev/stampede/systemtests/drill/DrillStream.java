package dev.stampede.systemtests.drill;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.NumberedProducer;
import java.nio.file.Path;

/** The broker, the alerts and the feed of one stream. */
final class DrillStream implements AutoCloseable {
    private static final int POOL_SIZE = 500;

    private final Path folder;
    private final String name;
    private final Path model;
    private final AlertPool alerts;
    private final LocalBroker broker;
    private final NumberedProducer feed;

    /** A stream of that name with a model. */
    DrillStream(Drill drill, String name, ModelFile file) {
        this.folder = drill.folder();
        this.name = name;
        this.model = drill.write(name + ".onnx", file);
        try (StampModel opened = StampModel.open(file)) {
            this.alerts = AlertPool.of(opened.contract().planes(), POOL_SIZE);
        }
        this.broker = LocalBroker.open(folder.resolve(name + "-broker"));
        this.feed = NumberedProducer.start(broker.address(), 0, alerts::value);
    }

    /** The settings of the stream; others have their defaults. */
    String settings() {
        return """
                bootstrap.servers=%s
                application.id=%s
                model.path=%s
                topics.create=true
                topics.partitions=2
                http.port=0
                """.formatted(broker.address(), name, model);
    }

    /** Starts an instance with additional settings. */
    JavaProcess start(String instance, String more) {
        return JavaProcess.stream(folder, instance, settings() + more);
    }

    AlertPool alerts() {
        return alerts;
    }

    LocalBroker broker() {
        return broker;
    }

    NumberedProducer feed() {
        return feed;
    }

    /** Sends valid alerts from now on. */
    void send(int perSecond) {
        feed.change(perSecond, alerts::value);
    }

    @Override
    public void close() {
        feed.close();
        broker.close();
    }
}
