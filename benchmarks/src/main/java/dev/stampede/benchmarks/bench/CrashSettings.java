package dev.stampede.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;

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
