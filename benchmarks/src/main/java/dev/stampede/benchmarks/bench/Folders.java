package dev.stampede.benchmarks.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a run leaves on disk. */
final class Folders {
    private Folders() {}

    /** What a run does with files in a folder. */
    @FunctionalInterface
    interface Work<T> {
        T in(Path folder) throws IOException, InterruptedException;
    }

    /** One run in a temporary folder of its own, named after {@code name}, which stays only where the run does not succeed. */
    static <T> T keptWhereItFails(String name, Work<T> work, Predicate<T> succeeded) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("stampede-" + name + "-");
            T result = work.in(folder);
            if (succeeded.test(result)) {
                delete(folder);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the files of a run", e);
        }
    }

    /** Deletes {@code folder} with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }
}
