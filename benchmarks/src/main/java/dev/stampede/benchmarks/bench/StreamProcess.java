package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** One instance of {@code ./stampede stream}, as a process of its own. */
final class StreamProcess implements AutoCloseable {
    /** The heap it gets. */
    static final int HEAP_MEBIBYTES = 512;

    private static final String MAIN = "dev.stampede.streaming.command.StampedeCommands";
    private static final String RUNNING = "Running;";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private StreamProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts an instance with {@code settings}; {@code name} is that of its files in {@code folder}. */
    static StreamProcess start(Path folder, String name, Map<String, String> settings) {
        Path log = folder.resolve(name + ".log");
        try {
            Path config = folder.resolve(name + ".properties");
            Properties properties = new Properties();
            properties.setProperty("topic.models", ""); // what is measured is the model that is given
            properties.putAll(settings);
            try (var out = Files.newOutputStream(config)) {
                properties.store(out, null);
            }
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx" + HEAP_MEBIBYTES + "m",
                            MAIN,
                            "stream",
                            "--config",
                            config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            // Not as -cp: ONNX Runtime 1.29 dies of SIGSEGV under a command line of more than about 4 KB.
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            return new StreamProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the stream " + name, e);
        }
    }

    /** Waits until it says that it runs. */
    void awaitRunning() throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!said().contains(RUNNING)) {
            if (!process.isAlive()) {
                throw CommandFailure.failed("An instance of the stream ended at its start with exit code "
                        + process.exitValue() + "; it said:\n" + said());
            }
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw CommandFailure.failed("An instance of the stream does not run after " + START_TIMEOUT.toSeconds()
                        + " s; it said:\n" + said());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /** The number the system knows it by. */
    long pid() {
        return process.pid();
    }

    /** SIGKILL: no word is said, nothing is committed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; demands that it ends with exit code 0. */
    void terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw CommandFailure.failed("An instance of the stream does not stop on SIGTERM; see " + log);
        }
        if (process.exitValue() != 0) {
            throw CommandFailure.failed("An instance of the stream stopped on SIGTERM with exit code "
                    + process.exitValue() + "; it said:\n" + said());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
