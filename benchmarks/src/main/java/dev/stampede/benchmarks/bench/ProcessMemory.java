package dev.stampede.benchmarks.bench;

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

/** Looks at the memory of another Java process of this user on this machine. */
final class ProcessMemory implements AutoCloseable {
    private static final double MEBIBYTE = 1 << 20;
    private static final double KIBIBYTES_A_MEBIBYTE = 1024;

    private final long pid;
    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;

    private ProcessMemory(long pid, JMXConnector connector) throws IOException {
        this.pid = pid;
        this.connector = connector;
        MBeanServerConnection beans = connector.getMBeanServerConnection();
        this.memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    /** Attaches to the process {@code pid}, which must run. */
    @SuppressWarnings("BanJNDI") // the address is that of a process of ours, as it told it itself
    static ProcessMemory of(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
            try {
                return new ProcessMemory(
                        pid, JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot attach to the process " + pid, e);
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("cannot attach to the process " + pid, e);
        }
    }

    /** Collects all garbage of the process, and looks. */
    MemoryResult.Sample look(double seconds, long outcomes) {
        memory.gc();
        return new MemoryResult.Sample(
                Figures.rounded(seconds),
                outcomes,
                Figures.rounded(memory.getHeapMemoryUsage().getUsed() / MEBIBYTE),
                Figures.rounded(residentMebibytes()),
                threads.getThreadCount());
    }

    /** Files and sockets that it holds open, as Linux says it; NaN elsewhere. */
    double openFiles() {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            return open.count();
        } catch (IOException noLinux) {
            return Double.NaN;
        }
    }

    /** As Linux says it; NaN elsewhere. */
    private double residentMebibytes() {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIBIBYTES_A_MEBIBYTE)
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
            throw new UncheckedIOException("cannot leave the process " + pid, e);
        }
    }
}
