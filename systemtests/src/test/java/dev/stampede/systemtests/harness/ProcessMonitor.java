package dev.stampede.systemtests.harness;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Measures memory, threads and open files of another Java process on this machine. */
public final class ProcessMonitor implements AutoCloseable {
    private static final double MEBIBYTE = 1 << 20;
    private static final double KIBIBYTES_PER_MEBIBYTE = 1024;

    private final long pid;
    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;

    /**
     * The state of a process.
     *
     * @param heapMebibytes used heap after a full collection
     * @param residentMebibytes resident memory; NaN except on Linux
     * @param openFiles files and sockets; NaN except on Linux
     */
    public record Sample(double heapMebibytes, double residentMebibytes, int threads, double openFiles) {}

    private ProcessMonitor(long pid, JMXConnector connector) throws IOException {
        this.pid = pid;
        this.connector = connector;
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    /** Attaches to a process. */
    @SuppressWarnings("BanJNDI") // the address comes from a process that this one started
    public static ProcessMonitor of(JavaProcess process) {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
            try {
                JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
                return new ProcessMonitor(process.pid(), JMXConnectorFactory.connect(address));
            } finally {
                machine.detach();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot attach to the process " + process.pid(), e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("Cannot attach to the process " + process.pid(), e);
        }
    }

    /** Runs a full collection in the process, then measures it. */
    public Sample sample() {
        memory.gc();
        return new Sample(
                memory.getHeapMemoryUsage().getUsed() / MEBIBYTE,
                residentMebibytes(pid),
                threads.getThreadCount(),
                openFiles());
    }

    private static Path procOf(long pid) {
        return Path.of("/proc", String.valueOf(pid));
    }

    private double openFiles() {
        try (Stream<Path> open = Files.list(procOf(pid).resolve("fd"))) {
            return open.count();
        } catch (IOException noLinux) {
            return Double.NaN;
        }
    }

    /** The resident memory of a process; NaN except on Linux. */
    public static double residentMebibytes(long pid) {
        try {
            return Files.readAllLines(procOf(pid).resolve("status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIBIBYTES_PER_MEBIBYTE)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException noLinux) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot detach from a process", e);
        }
    }
}
