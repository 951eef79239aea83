package dev.stampede.systemtests.harness;

import dev.stampede.stamps.file.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Temporary folders of runs. */
public final class RunFolder {
    private RunFolder() {}

    /** Work on files of a folder. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Path folder) throws IOException, InterruptedException;
    }

    /** Runs in a temporary folder called after {@code name}, which is kept if the run fails. */
    public static <T> T run(String name, Work<T> work, Predicate<T> succeeded) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("stampede-" + name + "-");
            System.err.println("Files of this run: " + folder);
            T result = work.run(folder);
            if (succeeded.test(result)) {
                Folders.delete(folder);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the files of a run", e);
        }
    }
}
