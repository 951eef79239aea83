package dev.stampede.streaming.offline;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.error.StampedeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Alert packets in files and folders. */
public final class PacketFiles {
    public static final int MAX_PACKET_BYTES = 16 << 20;
    private static final String PACKET = ".avro";
    private static final List<String> OTHERS = List.of(".npy", ".onnx");

    private PacketFiles() {}

    /**
     * Whether the inputs are packets: several files, a folder, or one packet file.
     *
     * @throws InvalidInputException if a file of stamps or a model is among several inputs
     */
    public static boolean arePackets(List<Path> inputs) {
        for (Path input : inputs) {
            if (inputs.size() > 1 && OTHERS.stream().anyMatch(input.toString()::endsWith)) {
                throw new InvalidInputException(input + " is not a packet: name only one " + String.join(" or ", OTHERS)
                        + " file, without other inputs.");
            }
        }
        return inputs.size() > 1 || inputs.stream().anyMatch(input -> Files.isDirectory(input) || isPacket(input));
    }

    private static boolean isPacket(Path file) {
        return file.toString().endsWith(PACKET);
    }

    /** The files among {@code inputs}, and the packet files in its folders, by name. */
    public static List<Path> list(List<Path> inputs) {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            if (!Files.isDirectory(input)) {
                files.add(input);
                continue;
            }
            try (Stream<Path> inside = Files.walk(input)) {
                files.addAll(inside.filter(PacketFiles::isPacket)
                        .filter(Files::isRegularFile)
                        .sorted()
                        .toList());
            } catch (IOException e) {
                throw new StampedeException("Cannot list " + input + ": " + e.getMessage() + ".", e);
            }
        }
        return files;
    }

    /**
     * The bytes of a packet.
     *
     * @throws StampedeException if the file cannot be read or is too large for a packet
     */
    public static byte[] read(Path file) {
        try {
            if (Files.size(file) > MAX_PACKET_BYTES) {
                throw new StampedeException(
                        file + " is not an alert packet: it has more than " + MAX_PACKET_BYTES + " bytes.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new StampedeException("Cannot read " + file + ": no such file.", e);
        } catch (IOException e) {
            throw new StampedeException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
