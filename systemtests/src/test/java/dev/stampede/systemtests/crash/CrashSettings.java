package dev.stampede.systemtests.crash;

import dev.stampede.streaming.wire.RecordFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the crash test.
 *
 * @param guarantee exactly_once_v2 or at_least_once
 * @param protocol classic or streams
 * @param format the output format
 * @param alerts the minimum number to send; sending continues until the last event is over
 * @param events in order
 */
record CrashSettings(
        String guarantee,
        String protocol,
        RecordFormat format,
        long alerts,
        int perSecond,
        int brokers,
        int instances,
        List<CrashEvent> events) {
    CrashSettings {
        if (alerts < 1 || perSecond < 1 || brokers < 1 || brokers == 2 || instances < 1) {
            throw new IllegalArgumentException(
                    "alerts, perSecond and instances must be 1 or more, brokers 1, 3 or more");
        }
        events = List.copyOf(events);
    }

    /**
     * The events for a cluster: with one broker and one instance each kind that these survive, {@code times} over; with
     * more, the permanent loss of one instance and of one broker.
     */
    static List<CrashEvent> events(int brokers, int instances, int times) {
        List<CrashEvent> events = new ArrayList<>();
        if (instances > 1) {
            events.add(CrashEvent.LOSE_INSTANCE);
        }
        if (brokers > 1) {
            events.add(CrashEvent.LOSE_BROKER);
        }
        for (int i = 0; i < times && brokers == 1 && instances == 1; i++) {
            events.addAll(List.of(
                    CrashEvent.KILL, CrashEvent.TERMINATE, CrashEvent.JOIN_AND_LEAVE, CrashEvent.RESTART_BROKER));
        }
        return events;
    }
}
