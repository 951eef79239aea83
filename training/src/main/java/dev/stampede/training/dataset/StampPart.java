package dev.stampede.training.dataset;

import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * One file of stamps of a data set.
 *
 * @param file a {@code .npy} file
 * @param name what messages call it
 * @param isReal whether the stamp at an index is real
 * @param truth what is known of the stamp at an index
 */
record StampPart(Path file, String name, IntPredicate isReal, IntFunction<TruthFile.Row> truth) {
    /** A file of one class. */
    static StampPart of(Path file, String name, boolean real, IntFunction<TruthFile.Row> truth) {
        return new StampPart(file, name, index -> real, truth);
    }
}
