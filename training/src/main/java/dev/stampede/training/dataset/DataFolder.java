package dev.stampede.training.dataset;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.StampSource;
import dev.stampede.stamps.results.format.TableFormat;
import dev.stampede.stamps.simulate.output.SearchedFolder;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A data set on disk: a folder with {@value #SOURCES} and {@value #NOISE}, or with {@code true_*.npy} and
 * {@code false_*.npy}, optionally with a {@code truth.csv}; a {@code .npz} archive; a {@code .csv} table of files; or a
 * results table with a column of labels.
 */
public final class DataFolder {
    /** The stamps with a point source. */
    public static final String SOURCES = SimulatedFolder.SOURCES;

    /** The stamps without. */
    public static final String NOISE = SimulatedFolder.NOISE;

    /** The stamps of wrong trajectories through real objects. */
    public static final String PARTIAL = SearchedFolder.PARTIAL;

    /** The formats that {@link #read} takes, for the help of commands. */
    public static final String DESCRIPTION = "Labelled stamps: a folder with " + SOURCES + " and " + NOISE
            + " or with true_*.npy and false_*.npy, a .npz archive, a .csv table of files, or a results table ("
            + TableFormat.TABLES + ") with --label-column.";

    private DataFolder() {}

    /**
     * Reads all stamps of {@code data}, sources first if each file has one class.
     *
     * @throws InvalidDataException if it is absent or has another format, a file holds no stamps, the shapes differ, or a
     *     class is missing
     * @throws dev.stampede.stamps.error.FileAccessException if a file is absent or cannot be read
     * @throws dev.stampede.stamps.npy.NpyFormatException if a file is not an array of stamps
     */
    public static LabelledStamps read(Path data) {
        return read(data, Integer.MAX_VALUE);
    }

    /** The same, cropping larger stamps to the {@code maxSize} pixels around their centre, 1 or more. */
    public static LabelledStamps read(Path data, int maxSize) {
        return read(data, DataReading.of(maxSize));
    }

    /** The same with what the user says about the arrays and tables. */
    public static LabelledStamps read(Path data, DataReading reading) {
        return read(List.of(data), reading);
    }

    /**
     * Reads several data sets as one, in their order. Each may have stamps of one class only; together they need both.
     *
     * @throws InvalidDataException as for one data set, and if they differ in planes or in size after cropping
     */
    public static LabelledStamps read(List<Path> data, DataReading reading) {
        if (reading.partialIsBogus() && data.stream().noneMatch(one -> Files.exists(one.resolve(PARTIAL)))) {
            throw new InvalidDataException(
                    "There is no " + PARTIAL + " in " + names(data) + "; leave out --partial-is-bogus.");
        }
        if (data.size() == 1) {
            return requireBothClasses(read(data.get(0), reading, false), names(data));
        }
        List<LabelledStamps> sets =
                data.stream().map(one -> read(one, reading, true)).toList();
        return requireBothClasses(LabelledStamps.joined(sets), names(data));
    }

    /** The names of several data sets, for messages. */
    public static String names(List<Path> data) {
        return data.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    private static LabelledStamps read(Path data, DataReading reading, boolean mayLackStamps) {
        if (Files.notExists(data)) {
            throw new InvalidDataException("There is no folder or file " + data + ".");
        }
        if (StampSource.isTable(data)) {
            return read(data, LabelledTable.parts(data, reading.labelColumn()), reading, mayLackStamps);
        }
        if (reading.labelColumn().isPresent()) {
            throw new InvalidDataException(data + " is not a results table; leave out --label-column.");
        }
        if (Files.isDirectory(data)) {
            TruthFile truth = TruthFile.in(data);
            return read(data, FileNames.parts(files(data, reading), truth::of, data), reading, mayLackStamps);
        }
        if (data.toString().endsWith(".npz")) {
            try (NpzArchive archive = NpzArchive.open(data)) {
                return read(data, archive.parts(), reading, mayLackStamps);
            }
        }
        if (data.toString().endsWith(".csv")) {
            return read(data, IndexFile.parts(data), reading, mayLackStamps);
        }
        throw new InvalidDataException(data + " is not a folder, .npz archive, .csv table or results table.");
    }

    private static LabelledStamps requireBothClasses(LabelledStamps read, String data) {
        int real = read.realCount();
        if (real == 0 || real == read.size()) {
            throw new InvalidDataException("All " + read.size() + " stamps in " + data + " are "
                    + (real == 0 ? "bogus" : "real") + "; both classes are needed.");
        }
        return read;
    }

    private static Map<String, Path> files(Path folder, DataReading reading) {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(folder)) {
            paths.forEach(path -> files.put(path.getFileName().toString(), path));
        } catch (IOException failure) {
            throw new InvalidDataException(
                    "Cannot read the folder " + folder + ": " + FailureReason.of(failure) + ".", failure);
        }
        if (!reading.partialIsBogus()) {
            files.remove(PARTIAL);
        }
        return files;
    }

    private static LabelledStamps read(Path data, List<StampFilePart> all, DataReading reading, boolean mayLackStamps) {
        StampReading stampReading = reading.stamps();
        List<StampFilePart> parts = mayLackStamps
                ? all.stream().filter(part -> holdsStamps(part, stampReading)).toList()
                : all;
        long stamps = 0;
        String common = "";
        StampShape shape = new StampShape(1, 1);
        for (StampFilePart part : parts) {
            try (StampSource file = StampSource.open(part.file(), stampReading)) {
                requireStamps(data, part, file);
                if (common.isEmpty()) {
                    common = shape(file);
                    shape = new StampShape(file.planes(), Math.min(file.height(), reading.maxSize()));
                } else if (!common.equals(shape(file))) {
                    throw new InvalidDataException("The stamps in " + data + " differ in shape: " + common + " in "
                            + parts.get(0).name() + ", " + shape(file) + " in " + part.name());
                }
                stamps += file.size();
            }
        }
        return read(parts, new LabelledStamps.Builder(shape, stamps), shape.size(), stampReading);
    }

    private static boolean holdsStamps(StampFilePart part, StampReading reading) {
        try (StampSource file = StampSource.open(part.file(), reading)) {
            return file.size() > 0;
        }
    }

    private static LabelledStamps read(
            List<StampFilePart> parts, LabelledStamps.Builder builder, int size, StampReading reading) {
        for (StampFilePart part : parts) {
            try (StampSource file = StampSource.open(part.file(), reading)) {
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

    private static void requireStamps(Path data, StampFilePart part, StampSource file) {
        if (file.size() == 0) {
            throw new InvalidDataException(
                    part.name() + " holds no stamps; training needs both sources and noise (in " + data + ").");
        }
        if (file.height() != file.width()) {
            throw new InvalidDataException("The stamps in " + part.file() + " are " + shape(file)
                    + " pixels; only square stamps are supported.");
        }
    }

    private static String shape(StampSource file) {
        return file.planes() + "x" + file.height() + "x" + file.width();
    }
}
