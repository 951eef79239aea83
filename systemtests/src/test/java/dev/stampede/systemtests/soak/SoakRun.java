package dev.stampede.systemtests.soak;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.systemtests.harness.Broker;
import dev.stampede.systemtests.harness.BrokerProcess;
import dev.stampede.systemtests.harness.ConservationResult;
import dev.stampede.systemtests.harness.ExpectedOutcomes;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import dev.stampede.systemtests.harness.ProcessMonitor;
import dev.stampede.systemtests.harness.RunFolder;
import dev.stampede.systemtests.harness.StreamInstances;
import dev.stampede.systemtests.harness.TestedFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.StreamsConfig;

/** Runs two instances under a steady load with faults, and samples the instance that is never killed. */
final class SoakRun implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final Duration RECOVERY = Duration.ofMinutes(2);
    /** Alerts of each of two bursts: the first warms the instances up, the second is measured. */
    private static final int BURST_ALERTS = 60_000;

    private static final long STORM_SECONDS = 5;
    /** Longer than a restart of the broker takes. */
    private static final int TRANSACTION_MILLIS = 30_000;

    private final SoakSettings settings;
    private final ExpectedOutcomes expected;
    private final PrintStream notes;
    private final Broker broker;
    private final StreamInstances instances;
    private final Recorder latencyMillis = new Recorder(2);
    private final List<SoakResult.Fault> faults = new ArrayList<>();

    private SoakRun(
            SoakSettings settings,
            TestedFormat format,
            ExpectedOutcomes expected,
            Path folder,
            Path model,
            PrintStream notes)
            throws InterruptedException {
        this.settings = settings;
        this.expected = expected;
        this.notes = notes;
        this.broker = BrokerProcess.cluster(folder, 1).get(0);
        this.instances = new StreamInstances(
                folder,
                StreamInstances.failoverSettings(
                                broker.address(),
                                model,
                                StreamsConfig.EXACTLY_ONCE_V2,
                                "classic",
                                PARTITIONS,
                                TRANSACTION_MILLIS)
                        + format.settings());
    }

    /** Runs the test; its files are kept if it fails. */
    static SoakResult run(SoakSettings settings, ModelFile file, PrintStream notes) throws InterruptedException {
        try (StampModel model = StampModel.open(file);
                TestedFormat format = TestedFormat.open(settings.format())) {
            return RunFolder.run(
                    "soak",
                    folder -> {
                        Path path = Files.write(folder.resolve("model.onnx"), file.bytes());
                        ExpectedOutcomes expected = ExpectedOutcomes.of(model, format);
                        try (SoakRun run = new SoakRun(settings, format, expected, folder, path, notes)) {
                            return run.run();
                        }
                    },
                    SoakResult::isSteady);
        }
    }

    private SoakResult run() throws InterruptedException {
        JavaProcess steady = instances.start();
        try (OutcomeLog outcomes = OutcomeLog.start(broker.address(), this::isRight, PARTITIONS);
                NumberedProducer feed = NumberedProducer.open(broker.address(), expected::value)) {
            instances.start();
            int rate = settings.perSecond();
            if (rate == 0) {
                burst(feed, outcomes);
                rate = (int) Math.max(1, burst(feed, outcomes) / 2);
            }
            notes.println("Sending " + rate + " alerts per second for " + settings.seconds() + " s");
            latencyMillis.reset();
            outcomes.startClock();
            feed.start(rate);
            List<SoakSample> samples;
            try (ProcessMonitor monitor = ProcessMonitor.of(steady)) { // detached before the process is stopped
                samples = sample(feed, outcomes, monitor, rate);
            }
            outcomes.await(feed.finish(1), RECOVERY); // what has no outcome then is counted as missing
            instances.terminateAll();
            outcomes.finish();
            ConservationResult conservation = ConservationResult.exactlyOnce(feed, outcomes, PARTITIONS);
            return new SoakResult(conservation, settings.seconds(), rate, faults, samples);
        }
    }

    /** An outcome has the timestamp of its alert. */
    private boolean isRight(long number, ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        latencyMillis.recordValue(Math.max(0, System.currentTimeMillis() - outcome.timestamp()));
        return expected.isRight(number, outcome);
    }

    /** Sends a burst of alerts, and returns how many per second the stream classifies. */
    private static double burst(NumberedProducer feed, OutcomeLog outcomes) throws InterruptedException {
        long start = System.nanoTime();
        feed.send(BURST_ALERTS, NumberedProducer.UNLIMITED);
        if (!outcomes.await(feed.next(), RECOVERY)) {
            throw CommandException.failed(
                    "The stream does not classify the alerts of the probe; see the files of this run");
        }
        return BURST_ALERTS / ((System.nanoTime() - start) / 1e9);
    }

    private List<SoakSample> sample(NumberedProducer feed, OutcomeLog outcomes, ProcessMonitor monitor, int rate)
            throws InterruptedException {
        List<SoakSample> samples = new ArrayList<>();
        long start = System.nanoTime();
        long before = outcomes.distinct();
        double last = 0;
        CompletableFuture<Void> fault = CompletableFuture.completedFuture(null);
        for (double seconds = 0; seconds < settings.seconds(); last = seconds) {
            TimeUnit.MILLISECONDS.sleep(settings.everyMillis());
            seconds = (System.nanoTime() - start) / 1e9;
            long distinct = outcomes.distinct();
            Histogram latency = latencyMillis.getIntervalHistogram();
            boolean isEmpty = latency.getTotalCount() == 0;
            SoakSample sample = new SoakSample(
                    seconds,
                    monitor.sample(),
                    isEmpty ? Double.NaN : latency.getValueAtPercentile(50),
                    isEmpty ? Double.NaN : latency.getValueAtPercentile(99),
                    (distinct - before) / (seconds - last),
                    feed.next() - distinct);
            samples.add(sample);
            notes.println("  " + sample);
            before = distinct;
            if (fault.isDone() && faults.size() < settings.faultsBy(seconds)) {
                fault.join(); // throws if the previous fault could not be injected
                fault = inject(SoakSettings.fault(faults.size()), seconds, feed, rate);
            }
        }
        fault.join();
        return samples;
    }

    /** Injects a fault in the background, while sampling continues. */
    private CompletableFuture<Void> inject(SoakFault kind, double seconds, NumberedProducer feed, int rate) {
        notes.println("  " + kind);
        faults.add(new SoakResult.Fault(seconds, kind));
        return CompletableFuture.runAsync(() -> {
            try {
                switch (kind) {
                    case RESTART_BROKER -> broker.restart();
                    case KILL_INSTANCE -> {
                        instances.killLast();
                        instances.start();
                    }
                    case POISON_STORM -> {
                        long from = feed.next() + rate; // a second ahead of the feed
                        expected.corrupt(from, from + STORM_SECONDS * rate);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        instances.close();
        broker.close();
    }
}
