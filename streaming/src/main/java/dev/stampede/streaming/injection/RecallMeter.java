package dev.stampede.streaming.injection;

import dev.stampede.streaming.monitor.RecentShare;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The recent recall of injected sources, by S/N. Thread-safe. */
public final class RecallMeter {
    /** The injected S/N: from the limit of usual searches to where every classifier finds all. */
    public static final List<Integer> SIGNAL_TO_NOISE = List.of(5, 7, 10, 15, 20, 30);

    private final CollectorRegistry registry = new CollectorRegistry();
    private final Counter injected = Counter.build("stampede_injection_injected_total", "Sources injected, by S/N.")
            .labelNames("signal_to_noise")
            .register(registry);
    private final Counter found = Counter.build(
                    "stampede_injection_found_total", "Injected sources with verdict REAL, by S/N.")
            .labelNames("signal_to_noise")
            .register(registry);
    private final Gauge recall = Gauge.build(
                    "stampede_injection_recall", "Share with verdict REAL of the last 500 injected sources, by S/N.")
            .labelNames("signal_to_noise")
            .register(registry);
    private final Map<Integer, RecentShare> last = new LinkedHashMap<>();

    public RecallMeter() {
        SIGNAL_TO_NOISE.forEach(bin -> last.put(bin, new RecentShare()));
    }

    public CollectorRegistry registry() {
        return registry;
    }

    /** Counts a source of an S/N in {@link #SIGNAL_TO_NOISE}. */
    synchronized void add(int signalToNoise, boolean isFound) {
        RecentShare share = Objects.requireNonNull(last.get(signalToNoise));
        share.add(isFound);
        String bin = String.valueOf(signalToNoise);
        injected.labels(bin).inc();
        if (isFound) {
            found.labels(bin).inc();
        }
        recall.labels(bin).set(share.share());
    }

    /** The recall of each S/N, 0 to 1; NaN before the first. */
    public synchronized Map<Integer, Double> recall() {
        Map<Integer, Double> shares = new LinkedHashMap<>();
        last.forEach((bin, share) -> shares.put(bin, share.share()));
        return shares;
    }
}
