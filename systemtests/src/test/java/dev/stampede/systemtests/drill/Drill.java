package dev.stampede.systemtests.drill;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.contract.ModelFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Injects faults, waits until Prometheus fires the alerts of each, and keeps the results. */
final class Drill {
    /** Longer than every timeout that an alert waits for. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final long POLL_MILLIS = 200;

    private final Prometheus prometheus;
    private final Set<String> selected;
    private final ModelFile model;
    private final Path folder;
    private final PrintStream notes;
    private final Map<String, DrillResult> results = new LinkedHashMap<>();

    /**
     * @param selected the alerts to verify
     * @param model of the streams
     * @param folder of all files
     */
    Drill(Prometheus prometheus, Set<String> selected, ModelFile model, Path folder, PrintStream notes) {
        this.prometheus = prometheus;
        this.selected = Set.copyOf(selected);
        this.model = model;
        this.folder = folder;
        this.notes = notes;
    }

    /** A fault or a repair. */
    @FunctionalInterface
    interface Action {
        void run() throws InterruptedException;
    }

    /** A condition to wait for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    /** The results by alert. */
    Map<String, DrillResult> results() {
        return Map.copyOf(results);
    }

    ModelFile model() {
        return model;
    }

    Path folder() {
        return folder;
    }

    /** Writes a model file into the folder. */
    Path write(String name, ModelFile file) {
        try {
            return Files.write(folder.resolve(name), file.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + name + " into " + folder, e);
        }
    }

    /** Scrapes only {@code port} from now on, as {@code job}, and waits until it responds. */
    void scrape(String job, int port) throws InterruptedException {
        prometheus.scrape(Map.of(job, port));
        require("up{job=\"" + job + "\",instance=\"127.0.0.1:" + port + "\"} == 1");
    }

    /** Waits until a query has a result. */
    void require(String query) throws InterruptedException {
        if (!await(() -> prometheus.has(query))) {
            throw CommandException.failed("Prometheus has no result for " + query + "; see " + folder);
        }
    }

    /** Injects a fault and waits until each of the selected alerts fires; does nothing if none is selected. */
    void inject(List<String> alerts, String fault, Action action) throws InterruptedException {
        List<String> due = alerts.stream().filter(selected::contains).toList();
        if (due.isEmpty()) {
            return;
        }
        for (String alert : due) {
            if (!await(() -> prometheus.state(alert).equals("inactive"))) {
                throw CommandException.failed(alert + " fires before its fault; see " + folder);
            }
        }
        notes.println(fault);
        long start = System.nanoTime();
        action.run();
        for (String alert : due) {
            boolean fired = await(() -> prometheus.state(alert).equals("firing"));
            keep(DrillResult.of(alert, fault, secondsSince(start, fired)));
        }
    }

    /** Repairs the fault of {@code alert} and waits until it resolves; does nothing if the alert did not fire. */
    void repair(String alert, Action action) throws InterruptedException {
        DrillResult result = results.get(alert);
        if (result != null && result.firedAfterSeconds() != null) {
            long start = System.nanoTime();
            action.run();
            boolean resolved = await(() -> !prometheus.state(alert).equals("firing"));
            keep(result.repaired(secondsSince(start, resolved)));
        }
    }

    private static @Nullable Double secondsSince(long startNanos, boolean happened) {
        return happened ? (System.nanoTime() - startNanos) / 1e9 : null;
    }

    private void keep(DrillResult result) {
        results.put(result.alert(), result);
        notes.println("  " + result.row());
    }

    private static boolean await(Condition condition) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TIMEOUT.toNanos()) {
            if (condition.holds()) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return false;
    }
}
