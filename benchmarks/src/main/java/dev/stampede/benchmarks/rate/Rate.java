package dev.stampede.benchmarks.rate;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The rate of some work.
 *
 * @param perSecond items per second
 * @param cpuMicros CPU time per item of the whole process, microseconds: broker, compiler and garbage collector
 *     included. It does not include waiting, and holds also if other programs use the cores
 */
public record Rate(double perSecond, double cpuMicros) {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Wall-clock and CPU time at one moment. */
    public record Moment(long nanos, long cpuNanos) {
        public static Moment now() {
            return new Moment(System.nanoTime(), SYSTEM.getProcessCpuTime());
        }
    }

    /** The rate of {@code items} that were done between two moments. */
    public static Rate of(long items, Moment start, Moment end) {
        return new Rate(items / ((end.nanos - start.nanos) / 1e9), (end.cpuNanos - start.cpuNanos) / 1e3 / items);
    }

    /** The mean number of cores that the process kept busy. */
    public double busyCores() {
        return perSecond * cpuMicros / 1e6;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,.0f/s  %.1f us CPU  %.2f busy cores", perSecond, cpuMicros, busyCores());
    }
}
