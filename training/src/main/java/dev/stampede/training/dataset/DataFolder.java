package dev.stampede.training.dataset;

import dev.stampede.stamps.npy.NpyAccessException;
import dev.stampede.stamps.npy.NpyFormatException;
import dev.stampede.stamps.npy.StampFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A data set on disk: a folder with {@value #SOURCES} and {@value #NOISE}, float32 of one shape, and perhaps a
 * {@code truth.csv}. The names are right: sources are real, noise is bogus.
 */
public final class DataFolder {
    /** The stamps that hold a point source. */
    public static final String SOURCES = "stamps_sources.npy";

    /** The stamps that hold none. */
    public static final String NOISE = "stamps_noise.npy";

    private DataFolder() {}

    /**
     * Reads all stamps of {@code folder}, sources first.
     *
     * @throws InvalidDataException if a file is absent or unreadable, empty, or the two differ in shape
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
        } catch (NpyAccessException | NpyFormatException wrong) {
            throw new InvalidDataException(wrong.getMessage(), wrong);
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
