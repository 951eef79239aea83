package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Where scenes play: it lets faults happen, asks Prometheus what fires, and keeps the results. */
final class DrillStage {
    /** Beyond every time-out that an alert waits for. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final long LOOK_EVERY_MILLIS = 200;

    private final Prometheus prometheus;
    private final Set<String> asked;
    private final ModelFile model;
    private final Path folder;
    private final PrintStream notes;
    private final Map<String, DrillResult> results = new LinkedHashMap<>();

    /**
     * @param asked the alerts to prove
     * @param model what the streams judge with
     * @param folder where their files go
     */
    DrillStage(Prometheus prometheus, Set<String> asked, ModelFile model, Path folder, PrintStream notes) {
        this.prometheus = prometheus;
        this.asked = Set.copyOf(asked);
        this.model = model;
        this.folder = folder;
        this.notes = notes;
    }

    /** Something that is done to a stream. */
    @FunctionalInterface
    interface Act {
        void happen() throws InterruptedException;
    }

    ModelFile model() {
        return model;
    }

    Path folder() {
        return folder;
    }

    /** Writes a model file for a process to read. */
    Path modelFile(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a model file", e);
        }
    }

    /** The results so far, by the name of the alert. */
    Map<String, DrillResult> results() {
        return Map.copyOf(results);
    }

    /** Scrapes {@code port} alone from now on, as {@code job}, and waits until it answers. */
    void scrape(String job, int port) throws InterruptedException {
        prometheus.scrape(Map.of(port, job));
        demand("up{job=\"" + job + "\",instance=\"127.0.0.1:" + port + "\"} == 1");
    }

    /** Waits until a query has an answer. */
    void demand(String query) throws InterruptedException {
        if (!await(() -> prometheus.has(query))) {
            throw CommandFailure.failed("Prometheus has nothing for " + query + "; see " + folder);
        }
    }

    /** Lets a fault happen, and waits until each of the alerts that are asked for fires. Does nothing where none is. */
    void prove(List<String> alerts, String fault, Act act) throws InterruptedException {
        List<String> proving = alerts.stream().filter(asked::contains).toList();
        if (proving.isEmpty()) {
            return;
        }
        for (String alert : proving) {
            if (!await(() -> prometheus.state(alert).equals("inactive"))) {
                throw CommandFailure.failed(alert + " rings before its fault; see " + folder);
            }
        }
        notes.println(fault);
        long start = System.nanoTime();
        act.happen();
        for (String alert : proving) {
            boolean fired = await(() -> prometheus.state(alert).equals("firing"));
            keep(DrillResult.of(alert, fault, since(start, fired)));
        }
    }

    /** Mends the fault of {@code alert}, and waits until it is silent. Does nothing where it did not fire. */
    void mend(String alert, Act act) throws InterruptedException {
        DrillResult result = results.get(alert);
        if (result != null && result.firedAfterSeconds().isPresent()) {
            long start = System.nanoTime();
            act.happen();
            boolean silent = await(() -> !prometheus.state(alert).equals("firing"));
            keep(result.mended(since(start, silent)));
        }
    }

    private static OptionalDouble since(long startNanos, boolean happened) {
        return happened ? OptionalDouble.of((System.nanoTime() - startNanos) / 1e9) : OptionalDouble.empty();
    }

    private void keep(DrillResult result) {
        results.put(result.alert(), result);
        notes.println("  " + result.row());
    }

    @FunctionalInterface
    private interface Question {
        boolean holds() throws InterruptedException;
    }

    /** Whether it held before long. */
    private static boolean await(Question question) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            if (question.holds()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        return false;
    }
}
