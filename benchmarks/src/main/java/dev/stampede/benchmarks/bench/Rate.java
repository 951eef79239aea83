package dev.stampede.benchmarks.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What was measured of some work.
 *
 * @param perSecond alerts a second of the clock
 * @param cpuMicros CPU time of the whole process an alert, microseconds: broker, compiler and collector included. It
 *     says little of waiting, and stands where other programs take the cores
 */
record Rate(double perSecond, double cpuMicros) {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** The two clocks at one moment. */
    record Moment(long nanos, long cpuNanos) {
        static Moment now() {
            return new Moment(System.nanoTime(), SYSTEM.getProcessCpuTime());
        }
    }

    /** The rate of the {@code alerts} that were done between two moments. */
    static Rate of(long alerts, Moment start, Moment end) {
        return new Rate(alerts / ((end.nanos - start.nanos) / 1e9), (end.cpuNanos - start.cpuNanos) / 1e3 / alerts);
    }
}
