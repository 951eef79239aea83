package dev.stampede.benchmarks.latency;

import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.release.Promotion;
import dev.stampede.streaming.release.ReleaseSender;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.service.StampedeStream;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.InProcessStream;
import dev.stampede.systemtests.harness.ModelMetadata;
import dev.stampede.systemtests.harness.Results;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Compares the latency of verdicts in quiet windows with that while a model is released and with that next to a shadow
 * model. The released model is the same under another SHA-256, so that scoring costs the same.
 */
final class SwapBench {
    private final int perSecond;
    private final int seconds;
    private final ModelFile file;
    private final ModelContract contract;
    private final VerdictTimer timer;
    private final AlertScorerFactory scorers;
    private int releases;

    private SwapBench(int perSecond, int seconds, ModelFile file, VerdictTimer timer, AlertScorerFactory scorers) {
        this.perSecond = perSecond;
        this.seconds = seconds;
        this.file = file;
        this.timer = timer;
        this.scorers = scorers;
        try (StampModel opened = StampModel.open(file)) {
            this.contract = opened.contract();
        }
    }

    /** Runs all rounds; the results by their names in the JSON. */
    static Map<String, Object> run(int perSecond, int seconds, int rounds, ModelFile file, PrintStream notes)
            throws InterruptedException {
        try (ModelHandle model = VerifiedModel.open(file);
                VerdictTimer timer = new VerdictTimer(model.identity().planes())) {
            StreamSettings settings = InProcessStream.settings(
                    "bootstrap.servers=" + timer.brokers() + "\nprocessing.guarantee=at_least_once\n");
            InProcessStream.Scorers scorers = InProcessStream.scorers(model, settings, new StreamMetrics());
            try (StampedeStream stream = StampedeStream.following(
                    settings,
                    scorers.scoring(),
                    scorers.explainers(),
                    (released, role) -> VerifiedModel.open(released))) {
                stream.begin();
                return new SwapBench(perSecond, seconds, file, timer, scorers.scoring()).run(rounds, notes);
            }
        }
    }

    private Map<String, Object> run(int rounds, PrintStream notes) throws InterruptedException {
        notes.println("Warming up...");
        timer.warmUp(perSecond);
        release(ReleaseRole.LIVE);
        List<Histogram> quiet = new ArrayList<>();
        List<Histogram> swapping = new ArrayList<>();
        List<Histogram> shadowed = new ArrayList<>();
        List<Double> swapNanos = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            notes.println("Round " + round + " of " + rounds + ": quiet, with a release, with a shadow...");
            quiet.add(timer.atRate(perSecond, seconds));
            CompletableFuture<Double> swap = CompletableFuture.supplyAsync(
                    this::releaseLive, CompletableFuture.delayedExecutor(seconds * 500L, TimeUnit.MILLISECONDS));
            swapping.add(timer.atRate(perSecond, seconds));
            swapNanos.add(swap.join());
            release(ReleaseRole.SHADOW);
            shadowed.add(timer.atRate(perSecond, seconds));
            send(releases - 1, ReleaseRole.RETIRED);
            ExplanationBench.await(
                    "without its shadow",
                    () -> scorers.models().current().shadow().isEmpty());
        }
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("ratePerSecond", perSecond);
        put(results, "quiet", quiet);
        put(results, "swap", swapping);
        put(results, "shadow", shadowed);
        results.put(
                "releaseToVerdictsMillis",
                Results.median(swapNanos.stream().mapToDouble(nanos -> nanos / LatencyBench.NANOS_PER_MILLI)));
        results.put("swaps", rounds);
        results.put("rounds", rounds);
        results.put("seconds", seconds);
        return results;
    }

    private double releaseLive() {
        try {
            return release(ReleaseRole.LIVE);
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    /** Releases the next copy; returns the nanoseconds until it scored. */
    private double release(ReleaseRole role) throws InterruptedException {
        long start = System.nanoTime();
        ModelFile released = send(releases++, role);
        ExplanationBench.await(
                "using the released model",
                () -> role == ReleaseRole.LIVE
                        ? scorers.model().identity().sha256().equals(released.sha256())
                        : scorers.models().current().shadow().isPresent());
        return System.nanoTime() - start;
    }

    private ModelFile send(int copy, ReleaseRole role) {
        ModelFile released = ModelMetadata.with(file, "copy", String.valueOf(copy));
        Promotion promotion = new Promotion("bench latency", Optional.empty(), Instant.now());
        ReleaseSender.send(
                Map.of(StreamSettings.BOOTSTRAP_SERVERS, timer.brokers()),
                TopicNames.DEFAULT.models(),
                List.of(promotion.release(released, contract, role, Optional.empty())));
        return released;
    }

    /** Medians over the windows, and the maximum of all. */
    private static void put(Map<String, Object> results, String name, List<Histogram> windows) {
        for (int percentile : List.of(50, 99)) {
            results.put(
                    name + "P" + percentile + "Millis",
                    Results.median(windows.stream().mapToDouble(window -> LatencyBench.millis(window, percentile))));
        }
        double max = windows.stream().mapToLong(Histogram::getMaxValue).max().orElse(0);
        results.put(name + "MaxMillis", max / LatencyBench.NANOS_PER_MILLI);
    }
}
