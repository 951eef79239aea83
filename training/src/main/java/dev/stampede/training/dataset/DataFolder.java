package dev.stampede.training.dataset;

import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.SimulatedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A data set on disk: a folder with {@value #SOURCES} and {@value #NOISE}, or with {@code true_*.npy} and
 * {@code false_*.npy}, each perhaps with a {@code truth.csv}; a {@code .npz} archive; or a {@code .csv} table of files.
 */
public final class DataFolder {
    /** The stamps that hold a point source. */
    public static final String SOURCES = SimulatedFolder.SOURCES;

    /** The stamps that hold none. */
    public static final String NOISE = SimulatedFolder.NOISE;

    /** What {@link #read} takes, for the help of commands. */
    public static final String DESCRIPTION = "Labelled stamps: a folder with " + SOURCES + " and " + NOISE
            + " or with true_*.npy and false_*.npy, a .npz archive, or a .csv table of files.";

    private DataFolder() {}

    /**
     * Reads all stamps of {@code data}, sources first where files are of one class.
     *
     * @throws InvalidDataException if it is absent or none of the above, a file holds no stamps, they differ in shape, or
     *     a class is missing
     * @throws dev.stampede.stamps.npy.NpyAccessException if a file is absent or cannot be read
     * @throws dev.stampede.stamps.npy.NpyFormatException if a file holds no array of stamps
     */
    public static LabelledStamps read(Path data) {
        return read(data, Integer.MAX_VALUE);
    }

    /** The same, with the centre of stamps that are larger than {@code greatestSize} pixels a side, 1 or more. */
    public static LabelledStamps read(Path data, int greatestSize) {
        return demandBothClasses(read(data, greatestSize, false), data.toString());
    }

    /**
     * Reads several data sets as one: those of the first before those of the second. One may have stamps of one class
     * alone; together they need both.
     *
     * @throws InvalidDataException as for each alone, and if they differ in channels or in size once cropped
     */
    public static LabelledStamps read(List<Path> data, int greatestSize) {
        if (data.size() == 1) {
            return read(data.get(0), greatestSize);
        }
        List<LabelledStamps> sets =
                data.stream().map(one -> read(one, greatestSize, true)).toList();
        return demandBothClasses(LabelledStamps.joined(sets), data.toString());
    }

    private static LabelledStamps read(Path data, int greatestSize, boolean mayLackStamps) {
        if (Files.isDirectory(data)) {
            TruthFile truth = TruthFile.in(data);
            return read(data, FileNames.parts(files(data), truth::of, data), greatestSize, mayLackStamps);
        }
        if (Files.notExists(data)) {
            throw new InvalidDataException("there is no folder or file " + data);
        }
        if (data.toString().endsWith(".npz")) {
            try (NpzArchive archive = NpzArchive.open(data)) {
                return read(data, archive.parts(), greatestSize, mayLackStamps);
            }
        }
        if (data.toString().endsWith(".csv")) {
            return read(data, IndexFile.parts(data), greatestSize, mayLackStamps);
        }
        throw new InvalidDataException(data + " is no folder, .npz archive or .csv table");
    }

    private static LabelledStamps demandBothClasses(LabelledStamps read, String data) {
        int real = read.realCount();
        if (real == 0 || real == read.size()) {
            throw new InvalidDataException("all " + read.size() + " stamps in " + data + " are "
                    + (real == 0 ? "bogus" : "real") + "; both classes are needed");
        }
        return read;
    }

    private static Map<String, Path> files(Path folder) {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            paths.forEach(path -> files.put(path.getFileName().toString(), path));
            return files;
        } catch (IOException failure) {
            throw new InvalidDataException("cannot read the folder " + folder + ": " + failure, failure);
        }
    }

    private static LabelledStamps read(Path data, List<StampPart> all, int greatestSize, boolean mayLackStamps) {
        List<StampPart> parts =
                mayLackStamps ? all.stream().filter(DataFolder::holdsStamps).toList() : all;
        long stamps = 0;
        String common = "";
        StampShape shape = new StampShape(1, 1);
        for (StampPart part : parts) {
            try (StampFile file = StampFile.open(part.file())) {
                demandStamps(data, part, file);
                if (common.isEmpty()) {
                    common = shape(file);
                    shape = new StampShape(file.channels(), Math.min(file.height(), greatestSize));
                } else if (!common.equals(shape(file))) {
                    throw new InvalidDataException("the stamps in " + data + " differ in shape: " + common + " in "
                            + parts.get(0).name() + ", " + shape(file) + " in " + part.name());
                }
                stamps += file.size();
            }
        }
        return read(parts, new LabelledStamps.Builder(shape, stamps), shape.size());
    }

    private static boolean holdsStamps(StampPart part) {
        try (StampFile file = StampFile.open(part.file())) {
            return file.size() > 0;
        }
    }

    private static LabelledStamps read(List<StampPart> parts, LabelledStamps.Builder builder, int size) {
        for (StampPart part : parts) {
            try (StampFile file = StampFile.open(part.file())) {
                for (int i = 0; i < file.size(); i++) {
                    builder.add(
                            file.stamp(i).centreCrop(size),
                            part.isReal().test(i),
                            part.truth().apply(i));
                }
            }
        }
        return builder.build();
    }

    private static void demandStamps(Path data, StampPart part, StampFile file) {
        if (file.size() == 0) {
            throw new InvalidDataException(
                    part.name() + " holds no stamps; a network needs both sources and noise (in " + data + ")");
        }
        if (file.height() != file.width()) {
            throw new InvalidDataException("the stamps in " + part.file() + " are " + shape(file)
                    + " pixels; only square stamps can be trained on");
        }
    }

    private static String shape(StampFile file) {
        return file.channels() + "x" + file.height() + "x" + file.width();
    }
}
