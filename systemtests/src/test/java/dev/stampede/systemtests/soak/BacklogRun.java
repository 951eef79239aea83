package dev.stampede.systemtests.soak;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import dev.stampede.systemtests.harness.ProcessMonitor;
import dev.stampede.systemtests.harness.RunFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Builds a backlog of alerts, then drains it with one instance of the stream and samples that process. */
final class BacklogRun {
    private static final int PARTITIONS = 4;
    private static final int POOL_SIZE = 2000;
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);

    private BacklogRun() {}

    /** Drains {@code alerts}, with a sample every {@code everyMillis}. */
    static BacklogResult run(long alerts, long everyMillis, ModelFile file, PrintStream notes)
            throws InterruptedException {
        return RunFolder.run("backlog", folder -> run(alerts, everyMillis, file, folder, notes), BacklogResult::isFlat);
    }

    private static BacklogResult run(long alerts, long everyMillis, ModelFile file, Path folder, PrintStream notes)
            throws InterruptedException, IOException {
        try (LocalBroker broker = LocalBroker.open(folder.resolve("broker"))) {
            broker.createTopics(PARTITIONS, TopicNames.DEFAULT.all());
            notes.println("Sending a backlog of " + alerts + " alerts...");
            try (StampModel model = StampModel.open(file);
                    NumberedProducer feed = NumberedProducer.open(
                            broker.address(), AlertPool.of(model.contract().planes(), POOL_SIZE)::value)) {
                feed.send(alerts, NumberedProducer.UNLIMITED);
                feed.finish(alerts);
            }
            String settings = """
                    bootstrap.servers=%s
                    application.id=backlog
                    model.path=%s
                    threads=2
                    http.port=0
                    """.formatted(broker.address(), Files.write(folder.resolve("model.onnx"), file.bytes()));
            long start = System.nanoTime();
            try (OutcomeLog outcomes = OutcomeLog.start(broker.address(), (number, outcome) -> true, PARTITIONS);
                    JavaProcess stream = JavaProcess.stream(folder, "stream", settings)) {
                stream.awaitRunning();
                BacklogResult result;
                try (ProcessMonitor monitor = ProcessMonitor.of(stream)) {
                    result = drain(alerts, everyMillis, outcomes, monitor, start, notes);
                }
                stream.terminate();
                return result;
            }
        }
    }

    private static BacklogResult drain(
            long alerts, long everyMillis, OutcomeLog outcomes, ProcessMonitor monitor, long start, PrintStream notes)
            throws InterruptedException {
        List<BacklogResult.Sample> samples = new ArrayList<>();
        long last = 0;
        long lastNanos = System.nanoTime();
        while (last < alerts && System.nanoTime() - lastNanos < STALL_TIMEOUT.toNanos()) {
            outcomes.await(alerts, Duration.ofMillis(everyMillis));
            long distinct = outcomes.distinct();
            if (distinct > last) {
                last = distinct;
                lastNanos = System.nanoTime();
            }
            BacklogResult.Sample sample =
                    new BacklogResult.Sample((System.nanoTime() - start) / 1e9, distinct, monitor.sample());
            samples.add(sample);
            notes.println("  " + sample);
        }
        return new BacklogResult(alerts, last, (lastNanos - start) / 1e9, samples);
    }
}
