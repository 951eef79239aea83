package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
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

/** A program of this build as a process of its own, with all that it says in a file. */
final class JavaProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

    /** What the JVM ends with after SIGTERM where nothing else is said: 128 and the number of the signal. */
    private static final int ENDED_BY_SIGTERM = 143;

    private final Process process;
    private final Path log;

    private JavaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the class {@code main} of this class path. */
    static JavaProcess start(Path log, int heapMebibytes, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMebibytes + "m",
                main));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // Not as -cp: ONNX Runtime 1.29 dies of SIGSEGV under a command line of more than about 4 KB.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new JavaProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + main, e);
        }
    }

    /** Waits until it says {@code word}. */
    void awaitWord(String word) throws InterruptedException {
        await(Pattern.compile(Pattern.quote(word)));
    }

    /** Waits until it says something of that pattern, and answers the first that it said. */
    MatchResult await(Pattern words) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            Matcher found = words.matcher(said());
            if (found.find()) {
                return found.toMatchResult();
            }
            if (!process.isAlive()) {
                throw CommandFailure.failed(
                        "A process ended at its start with exit code " + process.exitValue() + "; it said:\n" + said());
            }
            if (System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw CommandFailure.failed(
                        "A process does not run after " + START_TIMEOUT.toSeconds() + " s; it said:\n" + said());
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

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: no word is said, nothing is committed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; demands that it ends as it should. */
    void terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw CommandFailure.failed("A process does not stop on SIGTERM; see " + log);
        }
        if (process.exitValue() != 0 && process.exitValue() != ENDED_BY_SIGTERM) {
            throw CommandFailure.failed(
                    "A process stopped on SIGTERM with exit code " + process.exitValue() + "; it said:\n" + said());
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Waits until it ends by itself, and answers its exit code. */
    int awaitEnd(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw CommandFailure.failed("A process does not end within " + atMost.toSeconds() + " s; see " + log);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
