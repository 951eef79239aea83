package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.streaming.monitor.StreamMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToDoubleFunction;

/** Rates and latency of the last hour, one point per ten seconds, in memory. Thread-safe. */
final class LiveHistory {
    static final Duration STEP = Duration.ofSeconds(10);
    static final int POINTS = (int) (Duration.ofHours(1).toSeconds() / STEP.toSeconds());

    private final StreamMetrics metrics;
    private final Clock clock;
    private final Deque<Point> points = new ArrayDeque<>(POINTS);
    private CounterSample last;

    /** The interval that ends at {@code millis}; a value is NaN if there was no alert. */
    private record Point(
            long millis,
            double alertsPerSecond,
            double realPerSecond,
            double abstainedShare,
            double latencySecondsP50,
            double latencySecondsP99) {
        static Point of(CounterSample before, CounterSample after) {
            double all = after.perSecond(before);
            return new Point(
                    after.millis(),
                    all,
                    after.perSecond("real", before),
                    all > 0 ? after.perSecond("abstain", before) / all : Double.NaN,
                    after.latencySeconds(0.5, before),
                    after.latencySeconds(0.99, before));
        }
    }

    LiveHistory(StreamMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
        last = CounterSample.of(metrics, clock.millis());
    }

    /** Adds the point of the time since the last call; to be called once per {@link #STEP}. */
    synchronized void sample() {
        CounterSample now = CounterSample.of(metrics, clock.millis());
        if (points.size() == POINTS) {
            points.removeFirst();
        }
        points.addLast(Point.of(last, now));
        last = now;
    }

    /** An array per value, oldest first; unknown values are null. */
    synchronized ObjectNode json() {
        ObjectNode history = LiveJson.object().put("stepSeconds", STEP.toSeconds());
        ArrayNode times = history.putArray("timesMillis");
        points.forEach(point -> times.add(point.millis()));
        put(history, "alertsPerSecond", Point::alertsPerSecond);
        put(history, "realPerSecond", Point::realPerSecond);
        put(history, "abstainedShare", Point::abstainedShare);
        put(history, "latencySecondsP50", Point::latencySecondsP50);
        put(history, "latencySecondsP99", Point::latencySecondsP99);
        return history;
    }

    private void put(ObjectNode history, String name, ToDoubleFunction<Point> value) {
        ArrayNode values = history.putArray(name);
        for (Point point : points) {
            double number = value.applyAsDouble(point);
            if (Double.isFinite(number)) {
                values.add(number);
            } else {
                values.addNull();
            }
        }
    }
}
