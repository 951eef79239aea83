package dev.stampede.systemtests.harness;

import dev.stampede.commandline.CommandException;
import dev.stampede.streaming.command.StampedeCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program of this build as a separate process, with its output in a log file. */
public final class JavaProcess implements AutoCloseable {
    /** The heap of an instance of the stream. */
    public static final int STREAM_HEAP_MEBIBYTES = 512;

    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern RUNNING = Pattern.compile("Running;");
    private static final Pattern HTTP_PORT = Pattern.compile("http://[^:/ ]+:(\\d+)/");

    private final Process process;
    private final Path log;

    private JavaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the class {@code main} of this class path. */
    public static JavaProcess start(Path log, int heapMebibytes, Class<?> main, List<String> arguments) {
        return start(ProcessHost.LOCAL, log, heapMebibytes, main, arguments);
    }

    /** Starts the class {@code main} of this class path on a host. */
    public static JavaProcess start(
            ProcessHost host, Path log, int heapMebibytes, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(host.launcher());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMebibytes + "m",
                "-XX:+UseParallelGC", // as the launcher does
                main.getName()));
        command.addAll(arguments);
        return start(log, command);
    }

    /** Starts a script, which becomes a program of this class path; it finds the class path in its environment. */
    public static JavaProcess launch(Path log, Path launcher, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        return start(log, command);
    }

    private static JavaProcess start(Path log, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new JavaProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.get(0), e);
        }
    }

    /** Starts a command of {@code ./stampede}; its log in {@code folder} is called {@code name}. */
    public static JavaProcess command(Path folder, String name, String... arguments) {
        return command(ProcessHost.LOCAL, folder, name, arguments);
    }

    private static JavaProcess command(ProcessHost host, Path folder, String name, String... arguments) {
        Path log = folder.resolve(name + ".log");
        return start(host, log, STREAM_HEAP_MEBIBYTES, StampedeCommands.class, List.of(arguments));
    }

    /** Starts an instance of the stream with {@code settings}, the text of its properties file. */
    public static JavaProcess stream(Path folder, String name, String settings) {
        return stream(ProcessHost.LOCAL, folder, name, settings);
    }

    /** Starts an instance of the stream on a host. */
    static JavaProcess stream(ProcessHost host, Path folder, String name, String settings) {
        Path config = folder.resolve(name + ".properties");
        try {
            // Without a topic of releases the stream keeps the model it is given; a later line overrides this one.
            Files.writeString(config, "topic.models=\n" + settings);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + config, e);
        }
        return command(host, folder, name, "stream", "--config", config.toString());
    }

    /** Waits until an instance of the stream prints that it is running. */
    public void awaitRunning() throws InterruptedException {
        await(RUNNING);
    }

    /** Waits until the process prints the address of its HTTP server, and returns the port. */
    public int httpPort() throws InterruptedException {
        return Integer.parseInt(await(HTTP_PORT).group(1));
    }

    /** Waits until the process prints something that matches, and returns the first match. */
    MatchResult await(Pattern message) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            Matcher matcher = message.matcher(output());
            if (matcher.find()) {
                return matcher.toMatchResult();
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String state = process.isAlive() ? "is not ready" : "ended with exit code " + process.exitValue();
                process.destroyForcibly();
                throw CommandException.failed("A process " + state + "; its output:\n" + output());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** The file of its output. */
    public Path log() {
        return log;
    }

    /** What it has printed. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + log, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGKILL and waits until the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends SIGTERM; the process must end with exit code 0. */
    public void terminate() throws InterruptedException {
        terminate(0);
    }

    /** Sends SIGTERM; the process must end with {@code expectedExitCode}. */
    public void terminate(int expectedExitCode) throws InterruptedException {
        process.destroy();
        int exitCode = awaitEnd(STOP_TIMEOUT);
        if (exitCode != expectedExitCode) {
            throw CommandException.failed(
                    "A process ended on SIGTERM with exit code " + exitCode + "; its output:\n" + output());
        }
    }

    /** Waits until the process ends, and returns its exit code. */
    public int awaitEnd(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw CommandException.failed("A process did not end within " + timeout.toSeconds() + " s; see " + log);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
