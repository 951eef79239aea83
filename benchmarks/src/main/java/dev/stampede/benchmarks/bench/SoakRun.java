package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Loads two instances of the stream steadily, does to them and to their broker what goes wrong over months, and looks at
 * one of them every few seconds: the one that is never killed.
 */
final class SoakRun implements AutoCloseable {
    private static final Duration RECOVERY = Duration.ofMinutes(2);

    /** Alerts of each of two bursts: the first warms the instances up, the second is measured. */
    private static final int BURST_ALERTS = 60_000;

    private static final int AS_FAST_AS_IT_GOES = 1_000_000;
    private static final long STORM_SECONDS = 5;

    private final SoakSettings settings;
    private final CrashAlerts alerts;
    private final Path folder;
    private final PrintStream notes;
    private final List<BrokerProcess> brokers;
    private final Map<String, String> stream;
    private final Recorder latencyMillis = new Recorder(2);
    private final List<SoakResult.Fault> faults = Collections.synchronizedList(new ArrayList<>());
    private final List<StreamProcess> instances = Collections.synchronizedList(new ArrayList<>());

    private SoakRun(SoakSettings settings, CrashAlerts alerts, Path folder, Path model, PrintStream notes)
            throws InterruptedException {
        this.settings = settings;
        this.alerts = alerts;
        this.folder = folder;
        this.notes = notes;
        this.brokers = BrokerProcess.cluster(folder, 1);
        this.stream = new HashMap<>(CrashRun.streamSettings(CrashSettings.LOSES_NOTHING, address(), model));
        // A restart of the broker takes longer than the harness of crashes allows a transaction.
        stream.put("producer.transaction.timeout.ms", ScaleRun.TRANSACTION_TIMEOUT_MILLIS);
        stream.put("topics.create", "true");
        stream.put("topics.partitions", String.valueOf(CrashRun.PARTITIONS));
    }

    /** Makes a run whose files go into {@code folder}. */
    static SoakRun of(SoakSettings settings, CrashAlerts alerts, Path folder, Path model, PrintStream notes)
            throws InterruptedException {
        return new SoakRun(settings, alerts, folder, model, notes);
    }

    private String address() {
        return BrokerProcess.addresses(brokers);
    }

    /** Runs to the end. */
    SoakResult run() throws InterruptedException {
        StreamProcess steady = startInstance();
        try (OutcomeLog outcomes = OutcomeLog.start(
                address(), alerts, CrashRun.PARTITIONS, millis -> latencyMillis.recordValue(Math.max(0, millis)))) {
            startInstance();
            long[] taken = new long[CrashRun.PARTITIONS];
            int rate = settings.perSecond().orElse(0);
            long first = 0;
            if (rate == 0) {
                burst(0, outcomes, taken);
                rate = (int) Math.max(1, burst(BURST_ALERTS, outcomes, taken) / 2);
                first = 2 * BURST_ALERTS;
            }
            notes.println("Sending " + rate + " alerts a second for " + settings.seconds() + " s; files in " + folder);
            latencyMillis.reset();
            outcomes.startClock();
            try (SteadyFeed feed = SteadyFeed.start(address(), alerts::value, first, 1, rate, CrashRun.PARTITIONS)) {
                List<SoakSample> samples = watch(feed, outcomes, steady, rate);
                long sent = feed.finish();
                outcomes.await(sent, RECOVERY);
                terminate();
                outcomes.finish();
                add(feed, taken);
                CrashResult conservation = CrashResult.of(
                        CrashSettings.LOSES_NOTHING,
                        0,
                        sent,
                        CrashRun.PARTITIONS,
                        partition -> taken[partition],
                        outcomes);
                return new SoakResult(settings.seconds(), rate, conservation, faults, samples);
            }
        }
    }

    private StreamProcess startInstance() throws InterruptedException {
        StreamProcess instance = StreamProcess.start(folder, "instance-" + instances.size(), stream);
        instances.add(instance);
        instance.awaitRunning();
        return instance;
    }

    private void terminate() throws InterruptedException {
        for (StreamProcess instance : instances) {
            if (instance.isAlive()) {
                instance.terminate();
            }
        }
    }

    /** Sends a burst of the alerts from {@code first} on; answers how many the stream judges a second. */
    private double burst(long first, OutcomeLog outcomes, long[] taken) throws InterruptedException {
        long start = System.nanoTime();
        try (SteadyFeed burst = SteadyFeed.start(
                address(), alerts::value, first, BURST_ALERTS, AS_FAST_AS_IT_GOES, CrashRun.PARTITIONS)) {
            burst.finish();
            if (!outcomes.await(first + BURST_ALERTS, RECOVERY)) {
                throw CommandFailure.failed("The stream does not judge the alerts of the probe; see " + folder);
            }
            add(burst, taken);
        }
        return BURST_ALERTS / ((System.nanoTime() - start) / 1e9);
    }

    private static void add(SteadyFeed feed, long[] taken) {
        for (int partition = 0; partition < taken.length; partition++) {
            taken[partition] += feed.takenBy(partition);
        }
    }

    private List<SoakSample> watch(SteadyFeed feed, OutcomeLog outcomes, StreamProcess steady, int rate)
            throws InterruptedException {
        try (ProcessMemory memory = ProcessMemory.of(steady.pid())) { // left before the process is stopped
            return watch(feed, outcomes, memory, rate);
        }
    }

    private List<SoakSample> watch(SteadyFeed feed, OutcomeLog outcomes, ProcessMemory memory, int rate)
            throws InterruptedException {
        List<SoakSample> samples = new ArrayList<>();
        long start = System.nanoTime();
        long before = outcomes.distinct();
        double last = 0;
        CompletableFuture<Void> fault = CompletableFuture.completedFuture(null);
        for (double seconds = 0; seconds < settings.seconds(); ) {
            TimeUnit.MILLISECONDS.sleep(settings.everyMillis());
            seconds = (System.nanoTime() - start) / 1e9;
            long distinct = outcomes.distinct();
            samples.add(sample(memory, seconds, (distinct - before) / (seconds - last), feed.next() - distinct));
            notes.println("  " + samples.get(samples.size() - 1));
            before = distinct;
            last = seconds;
            if (fault.isDone() && faults.size() < settings.faultsBy(seconds)) {
                fault.join(); // throws what went wrong with the one before
                fault = happen(settings.fault(faults.size()), seconds, feed, rate);
            }
        }
        fault.join();
        return samples;
    }

    private SoakSample sample(ProcessMemory memory, double seconds, double perSecond, long underWay) {
        MemoryResult.Sample look = memory.look(seconds, 0);
        Histogram latency = latencyMillis.getIntervalHistogram();
        boolean none = latency.getTotalCount() == 0;
        return new SoakSample(
                look.seconds(),
                look.heapMebibytes(),
                look.residentMebibytes(),
                look.threads(),
                memory.openFiles(),
                none ? Double.NaN : latency.getValueAtPercentile(50),
                none ? Double.NaN : latency.getValueAtPercentile(99),
                Figures.rounded(perSecond),
                underWay);
    }

    /** Beside the looks, which go on. */
    private CompletableFuture<Void> happen(SoakFault kind, double seconds, SteadyFeed feed, int rate) {
        notes.println("  " + kind);
        faults.add(new SoakResult.Fault(Figures.rounded(seconds), kind));
        return CompletableFuture.runAsync(() -> {
            try {
                switch (kind) {
                    case RESTART_BROKER -> brokers.get(0).restart();
                    case KILL_INSTANCE -> {
                        instances.get(instances.size() - 1).kill();
                        startInstance();
                    }
                    case POISON_STORM -> {
                        long from = feed.next() + rate; // a second ahead of what is sent
                        alerts.spoil(from, from + STORM_SECONDS * rate);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        instances.forEach(StreamProcess::close);
        brokers.forEach(BrokerProcess::close);
    }
}
