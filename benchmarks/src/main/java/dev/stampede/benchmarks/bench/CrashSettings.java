package dev.stampede.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;

/**
 * One run of the crash harness.
 *
 * @param guarantee exactly_once_v2 or at_least_once
 * @param protocol classic or streams
 * @param alerts to send at least; sending goes on until the last event is over
 * @param perSecond how fast they are sent
 * @param events in order
 */
record CrashSettings(String guarantee, String protocol, long alerts, int perSecond, List<CrashEvent> events) {
    /** How a stream is set that may lose and repeat nothing, for a run that sends alerts and makes events of its own. */
    static final CrashSettings LOSES_NOTHING =
            new CrashSettings(StreamsConfig.EXACTLY_ONCE_V2, "classic", 1, 1, List.of());

    CrashSettings {
        if (alerts < 1 || perSecond < 1) {
            throw new IllegalArgumentException("alerts and perSecond must be 1 or more");
        }
        events = List.copyOf(events);
    }

    /** Every kind of event in turn, {@code times} over. */
    static List<CrashEvent> everyKind(int times) {
        List<CrashEvent> events = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            events.addAll(List.of(CrashEvent.values()));
        }
        return events;
    }
}
