package dev.stampede.stamps;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine. */
public final class ExternalProgram {
    private ExternalProgram() {}

    /** What a program printed. */
    public record Result(String program, int exitCode, String out, String err) {
        /** Its standard output without the last line end; fails unless its exit code is 0. */
        public String succeeded() {
            if (exitCode != 0) {
                throw new IllegalStateException(program + " ended with exit code " + exitCode + ": " + err + out);
            }
            return out.strip();
        }
    }

    /** A program on {@code PATH}. */
    public static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs a program and returns what it printed. */
    public static Result run(List<String> command) {
        try {
            Path err = Files.createTempFile("stampede-program-", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
                Process process = builder.start();
                process.getOutputStream().close();
                String out = new String(process.getInputStream().readAllBytes(), UTF_8);
                return new Result(command.get(0), process.waitFor(), out, Files.readString(err));
            } finally {
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command.get(0) + " ran", e);
        }
    }
}
