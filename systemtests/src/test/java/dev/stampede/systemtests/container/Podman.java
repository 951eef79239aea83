package dev.stampede.systemtests.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs podman, and the programs that make images for it. */
final class Podman {
    private Podman() {}

    /** What a program printed. */
    record Result(int exitCode, String out, String err) {
        /** Its standard output without the last line end; fails unless its exit code is 0. */
        String succeeded() {
            if (exitCode != 0) {
                throw new IllegalStateException("It ended with exit code " + exitCode + ": " + err + out);
            }
            return out.strip();
        }
    }

    /** Skips the running test where podman cannot start containers. */
    static void require() {
        Requirement.require(
                onPath("podman").isPresent() && onPath("debootstrap").isPresent(),
                "there is no podman or no debootstrap on this machine: install Debian's packages podman, runc, catatonit and"
                        + " debootstrap (docs/reference/deployment-files.md)");
    }

    /** A program on {@code PATH}. */
    static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs podman; an exit code other than 0 is an error. */
    static String run(String... arguments) {
        return result(arguments).succeeded();
    }

    static String run(List<String> arguments) {
        return run(arguments.toArray(String[]::new));
    }

    /** Runs podman and returns what it printed. */
    static Result result(String... arguments) {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(Arrays.asList(arguments));
        return program(command);
    }

    /** Runs a program and returns what it printed. */
    static Result program(List<String> command) {
        try {
            Path err = Files.createTempFile("stampede-podman-", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
                Process process = builder.start();
                process.getOutputStream().close();
                String out = new String(process.getInputStream().readAllBytes(), UTF_8);
                return new Result(process.waitFor(), out, Files.readString(err));
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

    /** One field of what podman knows of a container, as a template of Go names it. */
    static String inspect(String container, String field) {
        return run("inspect", "--type", "container", "--format", "{{" + field + "}}", container);
    }

    /** What the processes of a container have written, to both outputs. */
    static String logs(String container) {
        Result result = result("logs", container);
        return result.out() + result.err();
    }

    /** Sends SIGKILL to the first process of a container, as the kernel does; podman's own kill would be a stop by the user. */
    static void crash(String container) {
        long pid = Long.parseLong(inspect(container, ".State.Pid"));
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}
