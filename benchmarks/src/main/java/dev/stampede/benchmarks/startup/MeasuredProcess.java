package dev.stampede.benchmarks.startup;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.error.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs for a measurement; its standard error is kept in a file for messages. */
final class MeasuredProcess implements AutoCloseable {
    /** Much longer than any start. */
    private static final long TIMEOUT_SECONDS = 120;

    /** The unit of {@code /proc/PID/stat} on Linux: USER_HZ, fixed at 100 per second. */
    private static final double TICKS_PER_SECOND = 100;

    /** The fields of {@code /proc/PID/stat} behind the name of the program: user and system time of ended children. */
    private static final int CHILDREN_USER = 13;

    private final List<String> command;
    private final Path errors;
    private final Process process;
    private final long startNanos = System.nanoTime();

    private MeasuredProcess(List<String> command, Path errors) {
        this.command = command;
        this.errors = errors;
        try {
            process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException failure) {
            throw CommandException.failed("Cannot start " + command.get(0) + ": " + FailureReason.of(failure) + ".");
        }
    }

    /** @param errors a file for its standard error */
    static MeasuredProcess start(List<String> command, Path errors) {
        return new MeasuredProcess(command, errors);
    }

    /** The time since its start. */
    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end and returns the time until the line number {@code line}, from 1, of its standard output. */
    double secondsToLine(int line) throws InterruptedException {
        double seconds = readTo(line);
        requireSuccess();
        return seconds;
    }

    /** Waits for its end and returns the time until then. */
    double secondsToEnd() throws InterruptedException {
        readTo(Integer.MAX_VALUE);
        requireSuccess();
        return seconds();
    }

    private void requireSuccess() throws InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw failed();
        }
    }

    /** Reads standard output to its end, and returns the time until line {@code line} was there; NaN without it. */
    private double readTo(int line) {
        double seconds = Double.NaN;
        int count = 0;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (out.readLine() != null) {
                count++;
                if (count == line) {
                    seconds = seconds();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read the output of " + command, failure);
        }
        return seconds;
    }

    /** The exception for a program that did not do what it should, with its messages. */
    CommandException failed() {
        try {
            return CommandException.failed(String.join(" ", command) + " failed: "
                    + Files.readString(errors).strip());
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read " + errors, failure);
        }
    }

    /** The CPU time of all programs that this one has started and that have ended; NaN where the system does not tell. */
    static double childrenCpuSeconds() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_USER + 1]))
                    / TICKS_PER_SECOND;
        } catch (IOException anotherSystem) {
            return Double.NaN;
        }
    }

    /** Asks it to end by SIGTERM, and waits until it has ended. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
