package dev.stampede.systemtests.network;

import java.util.Locale;

/**
 * What one fault did to the outcomes of the stream.
 *
 * @param seconds its duration
 * @param stallSeconds the longest time without any outcome
 * @param partitionStallSeconds the longest time without an outcome in one partition
 * @param recoverySeconds from the end of the fault until every alert sent before it has its outcome, and the broker runs
 * @param brokerEnded whether the broker concerned ended by itself during the fault
 * @param restarts instances of the stream that ended by themselves and were replaced
 * @param alerts sent since the last fault
 * @param missing of them, those without an outcome when the test went on
 * @param duplicates outcomes beyond the first of an alert, since the last fault
 * @param wrong outcomes of another kind or verdict than expected, since the last fault
 */
record FaultResult(
        NetworkFault fault,
        double seconds,
        double stallSeconds,
        double partitionStallSeconds,
        double recoverySeconds,
        boolean brokerEnded,
        int restarts,
        long alerts,
        long missing,
        long duplicates,
        long wrong) {
    static final String HEADER = String.format(
            Locale.ROOT,
            "%-20s %8s %8s %15s %8s %12s %8s %8s %8s %10s %6s",
            "fault",
            "lasted",
            "stall",
            "partition stall",
            "recovery",
            "broker ended",
            "restarts",
            "alerts",
            "missing",
            "duplicates",
            "wrong");

    /** A row of the table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "%-20s %6.1f s %6.1f s %13.1f s %6.1f s %12s %8d %8d %8d %10d %6d",
                fault,
                seconds,
                stallSeconds,
                partitionStallSeconds,
                recoverySeconds,
                brokerEnded ? "yes" : "no",
                restarts,
                alerts,
                missing,
                duplicates,
                wrong);
    }
}
