package dev.stampede.training.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the names of files say of the stamps in them. The names are right: sources are real, noise is bogus. */
final class FileNames {
    static final String SOURCES = DataFolder.SOURCES;
    static final String NOISE = DataFolder.NOISE;
    private static final String TRUE = "true_";
    private static final String FALSE = "false_";

    /** What is known of a stamp of a file. */
    @FunctionalInterface
    interface Knowledge {
        TruthFile.Row of(String name, int index);
    }

    private FileNames() {}

    /**
     * The parts of a data set that consists of {@value #SOURCES} and {@value #NOISE}, or else of any number of
     * {@code true_*.npy} and {@code false_*.npy}.
     *
     * @param files by name, in order
     * @param origin where they are, for messages
     */
    static List<StampPart> parts(Map<String, Path> files, Knowledge truth, Path origin) {
        List<StampPart> parts = new ArrayList<>();
        boolean pair = files.containsKey(SOURCES) || files.containsKey(NOISE);
        files.forEach((name, file) -> {
            boolean real = pair ? name.equals(SOURCES) : name.startsWith(TRUE);
            boolean bogus = pair ? name.equals(NOISE) : name.startsWith(FALSE);
            if ((real || bogus) && name.endsWith(".npy")) {
                parts.add(StampPart.of(file, name, real, index -> truth.of(name, index)));
            }
        });
        if (parts.isEmpty()) {
            throw new InvalidDataException("there are no stamps in " + origin + ": neither " + SOURCES + " and " + NOISE
                    + " nor " + TRUE + "*.npy and " + FALSE + "*.npy");
        }
        demand(parts, true, pair ? SOURCES : TRUE + "*.npy", origin);
        demand(parts, false, pair ? NOISE : FALSE + "*.npy", origin);
        // Sources first.
        parts.sort((one, other) ->
                Boolean.compare(other.isReal().test(0), one.isReal().test(0)));
        return parts;
    }

    private static void demand(List<StampPart> parts, boolean real, String name, Path origin) {
        if (parts.stream().noneMatch(part -> part.isReal().test(0) == real)) {
            throw new InvalidDataException("there is no " + name + " in " + origin + "; both classes are needed");
        }
    }
}
