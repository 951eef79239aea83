package dev.stampede.systemtests.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much of the machine other processes used since the beginning of a measurement. The own process counts with its child
 * processes. Known on Linux only.
 */
public final class MachineLoad {
    /** If others take more, a ratio of two rates says little. */
    static final double MAX_OTHERS_SHARE = 0.05;

    private static final Path MACHINE = Path.of("/proc/stat");
    private static final Path OWN = Path.of("/proc/self/stat");
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** USER_HZ, the unit of times in /proc, is 100 on every platform with a JDK. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Columns of the line {@code cpu}: user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int TIMES = 8;

    private static final int IDLE = 3;
    private static final int SOFTIRQ = 6;

    /** Of {@code /proc/self/stat} behind the name of the program: cutime, of the children that have ended, and cstime. */
    private static final int ENDED_USER = 13;

    private static final int ENDED_SYSTEM = 14;

    private final Optional<Moment> start = Moment.now();

    private MachineLoad() {}

    /** Begins a measurement. */
    public static MachineLoad begin() {
        return new MachineLoad();
    }

    /** The share of the time of all cores that other processes used since the beginning; empty if it is not known. */
    public OptionalDouble othersShare() {
        Optional<Moment> end = Moment.now();
        return start.isPresent() && end.isPresent()
                ? OptionalDouble.of(end.get().othersShareSince(start.get()))
                : OptionalDouble.empty();
    }

    /**
     * CPU times up to one moment.
     *
     * @param programNanos of all programs on all cores, and of other virtual machines that took the cores
     * @param ownNanos of this process and its children
     * @param coreNanos the time that all cores together had, busy or not
     */
    record Moment(long programNanos, long ownNanos, long coreNanos) {
        static Optional<Moment> now() {
            try {
                return Optional.of(of(Files.readAllLines(MACHINE), Files.readString(OWN), livingNanos()));
            } catch (IOException noLinux) {
                return Optional.empty();
            }
        }

        /** From the content of {@code /proc/stat} and {@code /proc/self/stat}, and the CPU time of the living processes. */
        static Moment of(List<String> machine, String own, long livingNanos) {
            String[] columns = machine.get(0).trim().split("\\s+", -1);
            long programs = 0;
            long all = 0;
            for (int i = 0; i < TIMES; i++) {
                long ticks = Long.parseLong(columns[i + 1]);
                all += ticks;
                // Neither idle, nor waiting for a disk, nor interrupts, of which no process is the cause.
                programs += i < IDLE || i > SOFTIRQ ? ticks : 0;
            }
            String[] fields = own.substring(own.lastIndexOf(')') + 1).trim().split(" ", -1);
            long ended = Long.parseLong(fields[ENDED_USER]) + Long.parseLong(fields[ENDED_SYSTEM]);
            return new Moment(programs * NANOS_PER_TICK, livingNanos + ended * NANOS_PER_TICK, all * NANOS_PER_TICK);
        }

        private static long livingNanos() {
            return SYSTEM.getProcessCpuTime()
                    + ProcessHandle.current()
                            .descendants()
                            .mapToLong(child -> child.info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toNanos())
                            .sum();
        }

        double othersShareSince(Moment earlier) {
            long others = programNanos - earlier.programNanos - (ownNanos - earlier.ownNanos);
            return Math.max(0, (double) others / (coreNanos - earlier.coreNanos));
        }
    }
}
