package dev.stampede.training.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The labels of stamp files by their names: sources are real, noise is bogus. */
final class FileNames {
    static final String SOURCES = DataFolder.SOURCES;
    static final String NOISE = DataFolder.NOISE;
    private static final String TRUE = "true_";
    private static final String FALSE = "false_";

    /** The metadata of a stamp of a file. */
    @FunctionalInterface
    interface Metadata {
        TruthFile.Row of(String name, int index);
    }

    private FileNames() {}

    /**
     * The parts of a data set that consists of {@value #SOURCES} and {@value #NOISE}, with any
     * {@value DataFolder#PARTIAL} as bogus, or else of any number of
     * {@code true_*.npy} and {@code false_*.npy}.
     *
     * @param files by name, in order
     * @param origin the folder or archive, for messages
     */
    static List<StampFilePart> parts(Map<String, Path> files, Metadata truth, Path origin) {
        List<StampFilePart> parts = new ArrayList<>();
        boolean pair = files.containsKey(SOURCES) || files.containsKey(NOISE);
        files.forEach((name, file) -> {
            boolean real = pair ? name.equals(SOURCES) : name.startsWith(TRUE);
            boolean bogus = pair ? name.equals(NOISE) || name.equals(DataFolder.PARTIAL) : name.startsWith(FALSE);
            if ((real || bogus) && name.endsWith(".npy")) {
                parts.add(StampFilePart.of(file, name, real, index -> truth.of(name, index)));
            }
        });
        if (parts.isEmpty()) {
            throw new InvalidDataException("There are no stamps in " + origin + ": neither " + SOURCES + " and " + NOISE
                    + " nor " + TRUE + "*.npy and " + FALSE + "*.npy.");
        }
        require(parts, true, pair ? SOURCES : TRUE + "*.npy", origin);
        require(parts, false, pair ? NOISE : FALSE + "*.npy", origin);
        // Sources first.
        parts.sort((one, other) ->
                Boolean.compare(other.isReal().test(0), one.isReal().test(0)));
        return parts;
    }

    private static void require(List<StampFilePart> parts, boolean real, String name, Path origin) {
        if (parts.stream().noneMatch(part -> part.isReal().test(0) == real)) {
            throw new InvalidDataException("There is no " + name + " in " + origin + "; both classes are needed.");
        }
    }
}
