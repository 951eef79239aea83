package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** One instance of {@code ./stampede stream}, or of another command, as a process of its own. */
final class StreamProcess implements AutoCloseable {
    /** The heap it gets. */
    static final int HEAP_MEBIBYTES = 512;

    private static final String MAIN = "dev.stampede.streaming.command.StampedeCommands";
    private static final String RUNNING = "Running;";
    private static final Pattern PORT = Pattern.compile("http://[^:/ ]+:(\\d+)/");

    private final JavaProcess process;

    private StreamProcess(JavaProcess process) {
        this.process = process;
    }

    /** Starts an instance with {@code settings}; {@code name} is that of its files in {@code folder}. */
    static StreamProcess start(Path folder, String name, Map<String, String> settings) {
        Path config = folder.resolve(name + ".properties");
        Properties properties = new Properties();
        properties.setProperty("topic.models", ""); // what is measured is the model that is given
        properties.putAll(settings);
        try (var out = Files.newOutputStream(config)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + config, e);
        }
        return run(folder, name, List.of("stream", "--config", config.toString()));
    }

    /** Starts any command of {@code ./stampede} with its arguments; {@code name} is that of its log. */
    static StreamProcess run(Path folder, String name, List<String> arguments) {
        return new StreamProcess(JavaProcess.start(
                folder.resolve(name + ".log"), HEAP_MEBIBYTES, MAIN, arguments.toArray(String[]::new)));
    }

    /** Waits until it says that it runs. */
    void awaitRunning() throws InterruptedException {
        process.awaitWord(RUNNING);
    }

    /** Waits until it says where it serves HTTP, and answers the port. */
    int httpPort() throws InterruptedException {
        return Integer.parseInt(process.await(PORT).group(1));
    }

    /** The number the system knows it by. */
    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: no word is said, nothing is committed. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGTERM; demands that it ends with exit code 0. */
    void terminate() throws InterruptedException {
        process.terminate();
        if (process.exitCode() != 0) {
            throw CommandFailure.failed(
                    "An instance of the stream stopped on SIGTERM with exit code " + process.exitCode());
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
