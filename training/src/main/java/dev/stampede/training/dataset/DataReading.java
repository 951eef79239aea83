package dev.stampede.training.dataset;

import dev.stampede.stamps.npy.StampReading;
import java.util.Optional;

/**
 * How a data set is read.
 *
 * @param stamps how the stamps in its arrays and tables are read
 * @param labelColumn the column of labels of a results table; empty for other data sets
 * @param partialIsBogus whether the wrong trajectories through real objects in a folder of a simulated search are read as bogus;
 *     otherwise they are left out
 * @param maxSize larger stamps are cropped to the pixels of this side around their centre, 1 or more
 */
public record DataReading(StampReading stamps, Optional<String> labelColumn, boolean partialIsBogus, int maxSize) {
    /** Arrays whose shape has one reading. */
    public static DataReading of(int maxSize) {
        return new DataReading(StampReading.DEFAULT, Optional.empty(), false, maxSize);
    }
}
