package dev.stampede.benchmarks.bench;

import dev.stampede.schemas.Truth;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.command.StampedeCommands;
import dev.stampede.streaming.topology.Topics;
import dev.stampede.training.command.TrainingCommands;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Goes round the whole loop once while alerts come: a stream with a hardly trained model, labels, an archive, a retraining
 * with its gate, a shadow, a promotion and a rollback. Each step is the command that a user would run, in a process of its
 * own; what came of it is read from the topics.
 */
final class LifecycleRun implements AutoCloseable {
    private static final Duration COMMAND = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 20;
    private static final int COMMAND_HEAP_MEBIBYTES = 1024;
    private static final int PARTITIONS = CrashRun.PARTITIONS;
    private static final String LABELS = "labels";
    private static final String STREAM = "stream";
    private static final String WEAK = "weak.onnx";
    private static final String NEXT = "next.onnx";

    /** Candidates of the stream, stamps of the hardly trained model, stamps that the retraining adds. */
    private static final long STREAM_SEED = 5;

    private static final int WEAK_SEED = 6;
    private static final int RETRAIN_SEED = 7;

    /** Too few stamps, and seen too few times. */
    private static final int WEAK_STAMPS = 1000;

    private static final int WEAK_EPOCHS = 2;

    private static final int SIMULATED_PER_LABEL = 2;
    private static final int EPOCHS = 6;

    /** Small, for so few stamps make few steps. */
    private static final int BATCH_SIZE = 64;

    /** Generous: the network is the same, and its time is measured beside a stream that takes the cores. */
    private static final int LATENCY_RATIO = 5;

    private final LifecycleSettings settings;
    private final Path folder;
    private final PrintStream notes;
    private final AlertPool pool;
    private final OfflineVerdicts offline;
    private final LifecycleLedger ledger;
    private final EmbeddedBroker broker;
    private int steps;

    private LifecycleRun(LifecycleSettings settings, Path folder, PrintStream notes) {
        this.settings = settings;
        this.folder = folder;
        this.notes = notes;
        this.pool = AlertPool.of(List.of(CoaddKind.MEDIAN), settings.passAlerts(), STREAM_SEED);
        this.offline = new OfflineVerdicts(pool);
        this.ledger = newLedger();
        this.broker = EmbeddedBroker.open(folder.resolve("broker"), 0);
    }

    /** Makes a run whose files go into {@code folder}. */
    static LifecycleRun of(LifecycleSettings settings, Path folder, PrintStream notes) {
        return new LifecycleRun(settings, folder, notes);
    }

    private LifecycleLedger newLedger() {
        return new LifecycleLedger(pool, settings.labelled(), offline, PARTITIONS);
    }

    /** Runs to the end. */
    LifecycleResult run() throws InterruptedException {
        ModelFile weak = trainWeakly();
        broker.createTopics(1, List.of(LABELS));
        try (StreamProcess stream = StreamProcess.start(folder, STREAM, streamSettings(weak))) {
            stream.awaitRunning();
            try (OutcomeLog outcomes = OutcomeLog.start(broker.address(), ledger, PARTITIONS);
                    OutcomeLog shadows = OutcomeLog.ofShadow(broker.address(), newLedger(), PARTITIONS);
                    SteadyFeed feed =
                            SteadyFeed.start(broker.address(), pool::value, 0, 1, settings.perSecond(), PARTITIONS)) {
                LifecyclePass first = pass("weak", weak, 0, outcomes);
                label();
                retrain(weak);
                ModelFile fresh = add(NEXT);
                promote("shadow");
                demand(shadows.await(settings.labelled(), PATIENCE), "The shadow does not score");
                promote("live");
                LifecyclePass promoted = nextPass("promoted", fresh, feed, outcomes);
                rollBack();
                LifecyclePass rolledBack = nextPass("rolled back", weak, feed, outcomes);
                long sent = feed.finish();
                outcomes.await(sent, PATIENCE); // what is missing then is counted as such
                stream.terminate();
                outcomes.finish();
                shadows.finish();
                return new LifecycleResult(
                        CrashResult.of(CrashSettings.LOSES_NOTHING, 0, sent, PARTITIONS, feed::takenBy, outcomes),
                        first,
                        promoted,
                        rolledBack,
                        shadows.distinct(),
                        shadows.wrong() + shadows.duplicates());
            }
        }
    }

    private Map<String, String> streamSettings(ModelFile weak) {
        Map<String, String> stream = new HashMap<>(
                CrashRun.streamSettings(CrashSettings.LOSES_NOTHING, broker.address(), Path.of(weak.origin())));
        stream.put("topic.models", Topics.DEFAULT.models());
        stream.put("topics.create", "true");
        stream.put("topics.partitions", String.valueOf(PARTITIONS));
        return stream;
    }

    private ModelFile trainWeakly() throws InterruptedException {
        String stamps = file("weak-stamps");
        demandDone(
                run(StampedeCommands.class, "simulate", "--count", WEAK_STAMPS, "--seed", WEAK_SEED, "--out", stamps));
        demandDone(
                run(TrainingCommands.class, "train", "--data", stamps, "--epochs", WEAK_EPOCHS, "--out", file(WEAK)));
        return add(WEAK);
    }

    /** From now on the stream may judge with that model. */
    private ModelFile add(String name) {
        ModelFile model = ModelFile.read(Path.of(file(name)));
        try (StampClassifier classifier = StampClassifier.open(model)) {
            offline.add(classifier);
        }
        return model;
    }

    /** Says of the first of the alerts what they are. */
    private void label() throws InterruptedException {
        String table = IntStream.range(0, settings.labelled())
                .mapToObj(number -> number + "," + (pool.candidate(number).isReal() ? Truth.REAL : Truth.BOGUS))
                .collect(Collectors.joining("\n", "alert_id,verdict\n", "\n"));
        try {
            Files.writeString(Path.of(file("labels.csv")), table);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + folder, e);
        }
        demandDone(run(
                StampedeCommands.class, "label", "--csv", file("labels.csv"), "--bootstrap-servers", broker.address()));
    }

    /** Fits the next model; whoever released one that the gate refuses would not close the loop. */
    private void retrain(ModelFile weak) throws InterruptedException {
        String night = file("night");
        demandDone(run(StampedeCommands.class, "archive", "--config", file(STREAM + ".properties"), "--out", night));
        demandDone(run(
                TrainingCommands.class,
                "retrain",
                "--data",
                night,
                "--live",
                weak.origin(),
                "--simulated",
                SIMULATED_PER_LABEL * settings.labelled(),
                "--seed",
                RETRAIN_SEED,
                "--epochs",
                EPOCHS,
                "--batch-size",
                BATCH_SIZE,
                "--max-latency-ratio",
                LATENCY_RATIO,
                "--model-version",
                2,
                "--out",
                file(NEXT),
                "--report",
                file("report")));
    }

    private void promote(String role) throws InterruptedException {
        demandDone(run(
                StampedeCommands.class, "promote", file(NEXT), "--as", role, "--bootstrap-servers", broker.address()));
    }

    private void rollBack() throws InterruptedException {
        demandDone(run(StampedeCommands.class, "rollback", "--bootstrap-servers", broker.address()));
    }

    /** The pass that starts once that model judges. */
    private LifecyclePass nextPass(String name, ModelFile model, SteadyFeed feed, OutcomeLog outcomes)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ledger.isJudgedBy(model.sha256())) {
            demand(System.nanoTime() < deadline, "The stream does not judge with " + model.origin());
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return pass(name, model, feed.next(), outcomes);
    }

    private LifecyclePass pass(String name, ModelFile model, long from, OutcomeLog outcomes)
            throws InterruptedException {
        long to = from + settings.passAlerts();
        Duration sending = Duration.ofSeconds(settings.passAlerts() / settings.perSecond());
        demand(outcomes.awaitAllBefore(to, PATIENCE.plus(sending)), "The stream does not judge all alerts");
        LifecyclePass pass = ledger.pass(name, model.sha256(), from, to);
        notes.printf(
                Locale.ROOT,
                "  %s: recall %.1f %% of %d sources of S/N 8 and above, %.1f %% false positives%n",
                name,
                100 * pass.recall(),
                pass.sources(),
                100 * pass.falsePositiveRate());
        return pass;
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Runs a command of the user's to its end, and answers its exit code. */
    private int run(Class<?> main, Object... arguments) throws InterruptedException {
        String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        notes.println("./stampede " + String.join(" ", words));
        Path log = folder.resolve(++steps + "-" + words[0] + ".log");
        try (JavaProcess process = JavaProcess.start(log, COMMAND_HEAP_MEBIBYTES, main.getName(), words)) {
            return process.awaitEnd(COMMAND);
        }
    }

    private void demandDone(int exitCode) {
        demand(exitCode == 0, "Step " + steps + " of the loop ended with exit code " + exitCode);
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw CommandFailure.failed(otherwise + "; see " + folder);
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
