package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** One instance of {@code ./stampede stream}, or of another command, as a process of its own. */
final class StreamProcess implements AutoCloseable {
    /** The heap it gets. */
    static final int HEAP_MEBIBYTES = 512;

    private static final String MAIN = "dev.stampede.streaming.command.StampedeCommands";
    private static final String RUNNING = "Running;";
    private static final Pattern PORT = Pattern.compile("http://[^:/ ]+:(\\d+)/");
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
        try {
            Path config = folder.resolve(name + ".properties");
            Properties properties = new Properties();
            properties.putAll(settings);
            try (var out = Files.newOutputStream(config)) {
                properties.store(out, null);
            }
            return run(folder, name, List.of("stream", "--config", config.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the settings of " + name, e);
        }
    }

    /** Starts any command of {@code ./stampede} with its arguments; {@code name} is that of its log. */
    static StreamProcess run(Path folder, String name, List<String> arguments) {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEBIBYTES + "m",
                MAIN));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Not as -cp: ONNX Runtime 1.29 dies of SIGSEGV under a command line of more than about 4 KB.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new StreamProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the process " + name, e);
        }
    }

    /** Waits until it says that it runs. */
    void awaitRunning() throws InterruptedException {
        await("does not run", () -> said().contains(RUNNING));
    }

    /** Waits until it says where it serves HTTP, and answers the port. */
    int httpPort() throws InterruptedException {
        await("serves no HTTP", () -> PORT.matcher(said()).find());
        return PORT.matcher(said())
                .results()
                .mapToInt(port -> Integer.parseInt(port.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private void await(String otherwise, BooleanSupplier isSo) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isSo.getAsBoolean()) {
            if (!process.isAlive()) {
                throw CommandFailure.failed("An instance of the stream ended at its start with exit code "
                        + process.exitValue() + "; it said:\n" + said());
            }
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw CommandFailure.failed("An instance of the stream " + otherwise + " after "
                        + START_TIMEOUT.toSeconds() + " s; it said:\n" + said());
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
