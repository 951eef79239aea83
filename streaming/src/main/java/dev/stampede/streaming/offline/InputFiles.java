package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.file.Gzip;
import dev.stampede.stamps.npy.NpyArray;
import dev.stampede.stamps.results.StampSource;
import dev.stampede.stamps.results.format.TableFormat;
import dev.stampede.streaming.packet.PacketFraming;
import dev.stampede.streaming.registry.SchemaSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Arrays of stamps and alert packets in files and folders. */
public final class InputFiles {
    public static final int MAX_PACKET_BYTES = 16 << 20;
    private static final List<String> PACKETS = List.of(".avro", ".avro.gz");
    private static final List<String> ARCHIVES = List.of(".tar", ".tar.gz", ".tgz");
    private static final String ARRAY = ".npy";
    private static final List<String> ARRAYS = List.of(ARRAY, ".npz");

    /** Arrays and results tables. A .fits file belongs to a table, or is not one of stamps. */
    private static final List<String> STAMPS = Stream.concat(
                    ARRAYS.stream(), Stream.of(TableFormat.TABLES.split(", ", -1)))
            .toList();

    private static final String MODEL = ".onnx";

    /** More than the longest marker of a framing. */
    private static final int MARKER_BYTES = 16;

    private InputFiles() {}

    /**
     * The files among {@code inputs}, in their order, and the arrays, results tables, packets and archives in its folders
     * and their folders, by their extension and path.
     *
     * @param skipped receives the other files in folders
     * @throws StampedeException if there are none, or a file or folder does not exist or cannot be listed
     */
    public static List<Path> arraysAndPackets(List<Path> inputs, SkippedFiles skipped) {
        return list(inputs, file -> isNamed(file, STAMPS) || isPacketFile(file), skipped);
    }

    /** The same for packets and archives only. */
    public static List<Path> packets(List<Path> inputs, SkippedFiles skipped) {
        return list(inputs, InputFiles::isPacketFile, skipped);
    }

    private static boolean isPacketFile(Path file) {
        return isNamed(file, PACKETS) || isNamed(file, ARCHIVES);
    }

    /** Whether a file in an archive holds packets, by its extension. */
    static boolean isPacketInArchive(String file) {
        return PACKETS.stream().anyMatch(file::endsWith);
    }

    private static boolean isNamed(Path file, List<String> extensions) {
        return extensions.stream().anyMatch(file.toString()::endsWith);
    }

    private static List<Path> list(List<Path> inputs, Predicate<Path> wanted, SkippedFiles skipped) {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            if (input.toString().isEmpty()) {
                continue; // would be the working directory
            }
            if (Files.notExists(input) && !input.equals(NpyArray.STANDARD_INPUT)) {
                throw new StampedeException("Cannot read " + input + ": there is no such file or folder.");
            }
            if (Files.isDirectory(input)) {
                files.addAll(inside(input, wanted, skipped));
            } else {
                files.add(input);
            }
        }
        if (files.isEmpty()) {
            throw new StampedeException("There is no array, results table or packet (.npy, .npz, " + TableFormat.TABLES
                    + ", .avro, .avro.gz, .tar, .tar.gz, .tgz) in " + inputs + ".");
        }
        return files;
    }

    private static List<Path> inside(Path folder, Predicate<Path> wanted, SkippedFiles skipped) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> sorted =
                    new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
            sorted.removeAll(separateColumns(sorted.stream().filter(wanted)));
            sorted.stream().filter(wanted.negate()).forEach(file -> skipped.add(file.toString()));
            return sorted.stream().filter(wanted).toList();
        } catch (IOException e) {
            throw FileAccessException.reading(folder, e);
        }
    }

    /** The columns of images in separate files, which are read with their tables. */
    private static Set<Path> separateColumns(Stream<Path> files) {
        return files.filter(file -> isNamed(file, STAMPS) && !isNamed(file, ARRAYS))
                .flatMap(table -> StampSource.separateColumns(table).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a file holds an array or a results table, not a packet, by its extension, else because it does not begin as a packet. */
    public static boolean isArray(Path file) {
        if (isNamed(file, STAMPS) || isPacketFile(file)) {
            return !isPacketFile(file);
        }
        if (!Files.isRegularFile(file)) {
            return true; // such as a pipe, whose first bytes could be read only once
        }
        try (InputStream content = Files.newInputStream(file)) {
            byte[] first = content.readNBytes(MARKER_BYTES);
            return !Gzip.begins(first, first.length)
                    && PacketFraming.of(first, SchemaSource.NONE).isEmpty();
        } catch (IOException e) {
            return true; // the reader of arrays reports it
        }
    }

    /**
     * Whether the inputs are packets, not a model: several files, a folder, or one packet.
     *
     * @throws InvalidInputException if an array or a model is among several inputs
     */
    public static boolean arePackets(List<Path> inputs) {
        for (Path input : inputs) {
            if (inputs.size() > 1 && Stream.of(ARRAY, MODEL).anyMatch(input.toString()::endsWith)) {
                throw new InvalidInputException(
                        input + " is not a packet: name only one model, or packets and folders of packets.");
            }
        }
        return inputs.size() > 1 || inputs.stream().anyMatch(input -> Files.isDirectory(input) || isPacketFile(input));
    }
}
