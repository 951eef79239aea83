package dev.stampede.training.dataset;

import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.SimulatedFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A data set on disk: a folder with {@value #SOURCES} and {@value #NOISE}, float32 of one shape, and perhaps a
 * {@code truth.csv}. The names are right: sources are real, noise is bogus.
 */
public final class DataFolder {
    /** The stamps that hold a point source. */
    public static final String SOURCES = SimulatedFolder.SOURCES;

    /** The stamps that hold none. */
    public static final String NOISE = SimulatedFolder.NOISE;

    /** What {@link #read} takes, for the help of commands. */
    public static final String DESCRIPTION =
            "Labelled stamps: a folder with " + SOURCES + " and " + NOISE + ", and perhaps truth.csv.";

    private DataFolder() {}

    /**
     * Reads all stamps of {@code folder}, sources first.
     *
     * @throws InvalidDataException if the folder is absent, a file holds no stamps, or the two differ in shape
     * @throws dev.stampede.stamps.npy.NpyAccessException if a file is absent or cannot be read
     * @throws dev.stampede.stamps.npy.NpyFormatException if a file holds no array of stamps
     */
    public static LabelledStamps read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDataException("there is no folder " + folder);
        }
        try (StampFile sources = StampFile.open(folder.resolve(SOURCES));
                StampFile noise = StampFile.open(folder.resolve(NOISE))) {
            StampShape shape = commonShape(folder, sources, noise);
            TruthFile truth = TruthFile.in(folder);
            LabelledStamps.Builder builder = new LabelledStamps.Builder(shape, sources.size() + noise.size());
            add(builder, sources, SOURCES, true, truth);
            add(builder, noise, NOISE, false, truth);
            return builder.build();
        }
    }

    private static StampShape commonShape(Path folder, StampFile sources, StampFile noise) {
        demandStamps(folder, sources, SOURCES);
        demandStamps(folder, noise, NOISE);
        if (sources.height() != sources.width()) {
            throw new InvalidDataException("the stamps in " + folder.resolve(SOURCES) + " are " + shape(sources)
                    + " pixels; only square stamps can be trained on");
        }
        if (!shape(sources).equals(shape(noise))) {
            throw new InvalidDataException("the stamps in " + folder + " differ in shape: " + shape(sources) + " in "
                    + SOURCES + ", " + shape(noise) + " in " + NOISE);
        }
        return new StampShape(sources.channels(), sources.height());
    }

    private static void demandStamps(Path folder, StampFile file, String name) {
        if (file.size() == 0) {
            throw new InvalidDataException(
                    folder.resolve(name) + " holds no stamps; a network needs both sources and noise");
        }
    }

    private static String shape(StampFile file) {
        return file.channels() + "x" + file.height() + "x" + file.width();
    }

    private static void add(
            LabelledStamps.Builder builder, StampFile file, String name, boolean real, TruthFile truth) {
        for (int i = 0; i < file.size(); i++) {
            builder.add(file.stamp(i), real, truth.of(name, i));
        }
    }
}
