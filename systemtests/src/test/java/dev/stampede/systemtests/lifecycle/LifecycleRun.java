package dev.stampede.systemtests.lifecycle;

import dev.stampede.commandline.CommandException;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.command.StampedeCommands;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.ConservationResult;
import dev.stampede.systemtests.harness.ExpectedOutcomes;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import dev.stampede.systemtests.harness.RunFolder;
import dev.stampede.systemtests.harness.StreamInstances;
import dev.stampede.training.command.TrainingCommands;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.StreamsConfig;

/** Runs the loop once while alerts arrive. Each step is the command that a user would run, as a separate process. */
final class LifecycleRun implements AutoCloseable {
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final long POLL_MILLIS = 20;
    private static final int COMMAND_HEAP_MEBIBYTES = 1024;
    private static final int PARTITIONS = 4;
    private static final int TRANSACTION_MILLIS = 5000;
    private static final String LABELS = "labels";
    private static final String STREAM = "stream";
    private static final String WEAK = "weak.onnx";
    private static final String NEXT = "next.onnx";
    private static final long STREAM_SEED = 5;
    /** Too few stamps and epochs for a good model. */
    private static final String WEAK_STAMPS = "--count 1000 --seed 6";

    private static final String WEAK_EPOCHS = "2";
    private static final int SIMULATED_PER_LABEL = 2;
    /** Small batches, as so few stamps make few steps. The latencies of one network differ by chance only. */
    private static final String RETRAINING = "--seed 7 --epochs 6 --batch-size 64 --max-latency-ratio 100";

    private final int perSecond;
    private final int labelled;
    private final Path folder;
    private final PrintStream notes;
    private final AlertPool pool;
    private final ExpectedOutcomes expected;
    private final LifecycleOutcomes verdicts;
    private final LocalBroker broker;
    private int steps;

    /** @param labelled how many candidates get a label; as many others measure the recall */
    private LifecycleRun(int perSecond, int labelled, Path folder, PrintStream notes) {
        this.perSecond = perSecond;
        this.labelled = labelled;
        this.folder = folder;
        this.notes = notes;
        this.pool = AlertPool.of(List.of(Plane.MEDIAN), 2 * labelled, STREAM_SEED);
        this.expected = new ExpectedOutcomes(pool);
        this.verdicts = newVerdicts();
        this.broker = LocalBroker.open(folder.resolve("broker"));
    }

    /** Runs the loop; its files are kept if it does not close. */
    static LifecycleResult run(int perSecond, int labelled, PrintStream notes) throws InterruptedException {
        return RunFolder.run(
                "lifecycle",
                folder -> {
                    try (LifecycleRun run = new LifecycleRun(perSecond, labelled, folder, notes)) {
                        return run.run();
                    }
                },
                LifecycleResult::closes);
    }

    private LifecycleOutcomes newVerdicts() {
        return new LifecycleOutcomes(pool, labelled, expected, PARTITIONS);
    }

    private LifecycleResult run() throws InterruptedException, IOException {
        command(StampedeCommands.class, "simulate " + WEAK_STAMPS + " --out", file("weak-stamps"));
        command(
                TrainingCommands.class,
                "train --epochs " + WEAK_EPOCHS,
                "--data",
                file("weak-stamps"),
                "--out",
                file(WEAK));
        ModelFile weak = add(WEAK);
        broker.createTopics(1, List.of(LABELS));
        try (JavaProcess stream = JavaProcess.stream(folder, STREAM, settings())) {
            stream.awaitRunning();
            try (OutcomeLog outcomes = OutcomeLog.start(broker.address(), verdicts, PARTITIONS);
                    OutcomeLog shadows = OutcomeLog.ofShadow(broker.address(), newVerdicts(), PARTITIONS);
                    NumberedProducer feed = NumberedProducer.start(broker.address(), perSecond, pool::value)) {
                LifecyclePass first = pass("weak", weak, 0, outcomes);
                label();
                retrain();
                ModelFile next = add(NEXT);
                promote("shadow");
                require(shadows.await(labelled, TIMEOUT), "The shadow does not score");
                promote("live");
                LifecyclePass promoted = nextPass("promoted", next, feed, outcomes);
                command(StampedeCommands.class, "rollback --bootstrap-servers", broker.address());
                LifecyclePass rolledBack = nextPass("rolled back", weak, feed, outcomes);
                outcomes.await(feed.finish(1), TIMEOUT); // what has no outcome then is counted as missing
                stream.terminate();
                outcomes.finish();
                shadows.finish();
                return new LifecycleResult(
                        ConservationResult.exactlyOnce(feed, outcomes, PARTITIONS),
                        List.of(first, promoted, rolledBack),
                        shadows.distinct(),
                        shadows.wrong() + shadows.duplicates());
            }
        }
    }

    private String settings() {
        return StreamInstances.failoverSettings(
                        broker.address(),
                        folder.resolve(WEAK),
                        StreamsConfig.EXACTLY_ONCE_V2,
                        "classic",
                        PARTITIONS,
                        TRANSACTION_MILLIS)
                + "topic.models=" + TopicNames.DEFAULT.models() + "\n";
    }

    /** Adds a model that the stream may score with from here on. */
    private ModelFile add(String name) {
        ModelFile file = ModelFile.read(folder.resolve(name));
        try (StampModel model = StampModel.open(file)) {
            expected.add(model);
        }
        return file;
    }

    /** Labels the first alerts with their true class. */
    private void label() throws InterruptedException, IOException {
        String table = IntStream.range(0, labelled)
                .mapToObj(number -> number + "," + (pool.candidate(number).isReal() ? Truth.REAL : Truth.BOGUS))
                .collect(Collectors.joining("\n", "alert_id,verdict\n", "\n"));
        Path file = Files.writeString(folder.resolve("labels.csv"), table);
        command(StampedeCommands.class, "label --bootstrap-servers", broker.address(), "--csv", file.toString());
    }

    private void retrain() throws InterruptedException {
        String night = file("night");
        command(StampedeCommands.class, "export-labels --config", file(STREAM + ".properties"), "--out", night);
        command(
                TrainingCommands.class,
                "retrain --model-version 2 " + RETRAINING + " --simulated " + SIMULATED_PER_LABEL * labelled
                        + " --data",
                night,
                "--live",
                file(WEAK),
                "--out",
                file(NEXT),
                "--report",
                file("report"));
    }

    private void promote(String role) throws InterruptedException {
        command(StampedeCommands.class, "promote --as " + role, file(NEXT), "--bootstrap-servers", broker.address());
    }

    /** The pass that starts when the model is in use. */
    private LifecyclePass nextPass(String name, ModelFile model, NumberedProducer feed, OutcomeLog outcomes)
            throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!verdicts.isScoredBy(model.sha256())) {
            require(System.nanoTime() < deadline, "The stream does not score with " + model.origin());
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return pass(name, model, feed.next(), outcomes);
    }

    private LifecyclePass pass(String name, ModelFile model, long from, OutcomeLog outcomes)
            throws InterruptedException {
        long to = from + 2L * labelled;
        Duration sending = Duration.ofSeconds(2L * labelled / perSecond);
        require(outcomes.awaitAllBefore(to, TIMEOUT.plus(sending)), "The stream does not classify all alerts");
        LifecyclePass pass = verdicts.pass(name, model.sha256(), from, to);
        notes.printf(
                Locale.ROOT,
                "  %s: recall %.3f of %d sources of S/N 8 and above, false positive rate %.3f%n",
                name,
                pass.recall(),
                pass.sources(),
                pass.falsePositiveRate());
        return pass;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Runs a command line, split at spaces, to its end; {@code arguments} may contain spaces. */
    private void command(Class<?> main, String commandLine, String... arguments) throws InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(commandLine.split(" ", -1)));
        command.addAll(List.of(arguments));
        notes.println("./stampede " + String.join(" ", command));
        Path log = folder.resolve(++steps + "-" + command.get(0) + ".log");
        try (JavaProcess process = JavaProcess.start(log, COMMAND_HEAP_MEBIBYTES, main, command)) {
            int exitCode = process.awaitEnd(COMMAND_TIMEOUT);
            require(exitCode == 0, command.get(0) + " ended with exit code " + exitCode);
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw CommandException.failed(otherwise + "; see " + folder);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
