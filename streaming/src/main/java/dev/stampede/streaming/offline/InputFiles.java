package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.npy.NpyArray;
import dev.stampede.streaming.packet.PacketFraming;
import dev.stampede.streaming.registry.SchemaSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Arrays of stamps and alert packets in files and folders. */
public final class InputFiles {
    public static final int MAX_PACKET_BYTES = 16 << 20;
    private static final String PACKET = ".avro";
    private static final String ARRAY = ".npy";

    /** Arrays and results tables. A .fits file belongs to a table, or is not one of stamps. */
    private static final List<String> STAMPS = List.of(ARRAY, ".npz", ".parquet", ".parq", ".ecsv", ".hdf5", ".h5");

    private static final String MODEL = ".onnx";

    /** More than the longest marker of a framing. */
    private static final int MARKER_BYTES = 16;

    private InputFiles() {}

    /**
     * The files among {@code inputs}, in their order, and those of arrays, results tables and packets, by their extension, in its folders and
     * their folders, by path.
     *
     * @throws StampedeException if there are none, or a file or folder does not exist or cannot be listed
     */
    public static List<Path> arraysAndPackets(List<Path> inputs) {
        return list(inputs, Stream.concat(STAMPS.stream(), Stream.of(PACKET)).toList());
    }

    /** The same for files named {@code *.avro} only. */
    public static List<Path> packets(List<Path> inputs) {
        return list(inputs, List.of(PACKET));
    }

    private static List<Path> list(List<Path> inputs, List<String> extensions) {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            if (input.toString().isEmpty()) {
                continue; // would be the working directory
            }
            if (Files.notExists(input) && !input.equals(NpyArray.STANDARD_INPUT)) {
                throw new StampedeException("Cannot read " + input + ": there is no such file or folder.");
            }
            if (Files.isDirectory(input)) {
                files.addAll(inside(input, extensions));
            } else {
                files.add(input);
            }
        }
        if (files.isEmpty()) {
            String kind = extensions.size() == 1 ? "packets" : "arrays, results tables or packets";
            throw new StampedeException("There are no " + kind + " in " + inputs + ".");
        }
        return files;
    }

    private static List<Path> inside(Path folder, List<String> extensions) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> extensions.stream().anyMatch(file.toString()::endsWith))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw FileAccessException.reading(folder, e);
        }
    }

    /** Whether a file holds an array or a results table, not a packet, by its extension, else because it does not begin as a packet. */
    public static boolean isArray(Path file) {
        if (file.toString().endsWith(ARRAY) || file.toString().endsWith(PACKET)) {
            return file.toString().endsWith(ARRAY);
        }
        if (!Files.isRegularFile(file)) {
            return true; // such as a pipe, whose first bytes could be read only once
        }
        try (InputStream content = Files.newInputStream(file)) {
            return PacketFraming.of(content.readNBytes(MARKER_BYTES), SchemaSource.NONE)
                    .isEmpty();
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
        return inputs.size() > 1
                || inputs.stream()
                        .anyMatch(input ->
                                Files.isDirectory(input) || input.toString().endsWith(PACKET));
    }

    /**
     * The bytes of a packet.
     *
     * @throws StampedeException if the file cannot be read or is too large for a packet
     */
    public static byte[] readPacket(Path file) {
        try {
            if (Files.size(file) > MAX_PACKET_BYTES) {
                throw new StampedeException(
                        file + " is not an alert packet: it has more than " + MAX_PACKET_BYTES + " bytes.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileAccessException.reading(file, e);
        }
    }
}
