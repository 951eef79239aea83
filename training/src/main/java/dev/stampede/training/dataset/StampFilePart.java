package dev.stampede.training.dataset;

import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * One file of stamps of a data set.
 *
 * @param file a {@code .npy} file
 * @param name for messages
 * @param isReal whether the stamp at an index is real
 * @param truth the metadata of the stamp at an index
 */
record StampFilePart(Path file, String name, IntPredicate isReal, IntFunction<TruthFile.Row> truth) {
    /** A file of one class. */
    static StampFilePart of(Path file, String name, boolean real, IntFunction<TruthFile.Row> truth) {
        return new StampFilePart(file, name, index -> real, truth);
    }
}
