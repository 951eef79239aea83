package dev.stampede.systemtests.documentation;

import static dev.stampede.stamps.DocumentationPages.REPOSITORY;

import dev.stampede.stamps.file.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs the commands of a page, block after block, in a folder that has {@code ./stampede}, {@code ./mvnw}, {@code deploy} and
 * {@code examples} of the repository. Programs in the background run until it is closed.
 */
final class PageRun implements AutoCloseable {
    private static final List<String> LINKS = List.of("stampede", "deploy", "examples");

    /** Ends a process group: SIGTERM, and SIGKILL to what still runs 20 s later. */
    private static final String END_GROUP =
            "kill -TERM -- -$0 || exit 0; for i in {1..100}; do kill -0 -- -$0 || exit 0; sleep 0.2; done; kill -KILL -- -$0";

    private final Path folder;
    private final List<Process> groups = new ArrayList<>();

    private PageRun(Path folder) {
        this.folder = folder;
    }

    /** Creates {@code folder} or removes what an earlier run left there. */
    static PageRun in(Path folder) throws IOException {
        Folders.delete(folder);
        Files.createDirectories(folder);
        Path repository = REPOSITORY.toRealPath();
        for (String link : LINKS) {
            Files.createSymbolicLink(folder.resolve(link), repository.resolve(link));
        }
        // Maven's wrapper looks for its settings next to itself.
        Path maven =
                Files.writeString(folder.resolve("mvnw"), "#!/bin/sh\ncd '" + repository + "' && exec ./mvnw \"$@\"\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new PageRun(folder);
    }

    /**
     * Runs a block; describes what is wrong if it fails, does not end in time, or prints another last line than the page: on
     * standard output, or on standard error if there is nothing else.
     */
    Optional<String> run(CodeBlock block, Duration timeout) throws IOException, InterruptedException {
        Path log = folder.resolve("line-" + block.line() + ".log");
        Path errors = folder.resolve("line-" + block.line() + ".err");
        Process process = new ProcessBuilder("setsid", "bash", "-e", "-c", block.code())
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(errors.toFile())
                .redirectOutput(log.toFile())
                .start();
        groups.add(process);
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.of(describe(block, "did not end within " + timeout.toSeconds() + " s", log, errors));
        }
        if (process.exitValue() != 0) {
            return Optional.of(describe(block, "ended with exit code " + process.exitValue(), log, errors));
        }
        String printed = Files.readString(log);
        if (!block.isOutput(printed.isBlank() ? Files.readString(errors) : printed)) {
            return Optional.of(describe(
                    block,
                    "should end with: " + CodeBlock.lastLine(block.output().orElseThrow()),
                    log,
                    errors));
        }
        return Optional.empty();
    }

    private static String describe(CodeBlock block, String problem, Path log, Path errors) throws IOException {
        return "line " + block.line() + ": " + problem + "\n" + block.code() + "It printed:\n" + Files.readString(log)
                + Files.readString(errors);
    }

    /** Ends all that the blocks have started and that still runs. */
    @Override
    public void close() throws IOException {
        List<Process> ends = new ArrayList<>();
        for (Process group : groups) {
            ends.add(new ProcessBuilder("bash", "-c", END_GROUP, String.valueOf(group.pid()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        }
        ends.forEach(end -> end.onExit().join());
    }
}
