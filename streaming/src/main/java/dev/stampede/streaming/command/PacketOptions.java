package dev.stampede.streaming.command;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.InputSettings;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.survey.CutoutKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read packets from files. */
final class PacketOptions {
    static final int MAX_PACKET_BYTES = 16 << 20;
    private static final String PACKET = ".avro";

    /** What a command reads one of. */
    private static final List<String> ALONE = List.of(".npy", ".onnx");

    @Option(
            names = "--survey-file",
            paramLabel = "FILE.yaml",
            description = "Describes another survey's packets; may come more than once.")
    private List<String> surveyFiles = List.of();

    @Option(
            names = "--schemas",
            paramLabel = "DIR",
            description = "Schemas MAJOR/MINOR/*.avsc, for packets that only number theirs.")
    private @Nullable Path schemas;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "A schema registry, for packets that only number theirs.")
    private @Nullable String registry;

    /**
     * Whether these are packets: several files, a folder, or one file of that name.
     *
     * @throws CommandFailure if stamps or a model are among several
     */
    static boolean arePackets(List<Path> inputs) {
        for (Path input : inputs) {
            if (inputs.size() > 1 && ALONE.stream().anyMatch(input.toString()::endsWith)) {
                throw CommandFailure.usage(
                        input + " is no packet: a " + String.join(" or ", ALONE) + " file is read alone. Name one.");
            }
        }
        return inputs.size() > 1 || inputs.stream().anyMatch(input -> Files.isDirectory(input) || isPacket(input));
    }

    private static boolean isPacket(Path file) {
        return file.toString().endsWith(PACKET);
    }

    /** What is read and how, with that cutout as the one to judge. */
    PacketInput input(CutoutKind cutout) {
        Map<String, String> settings = new HashMap<>();
        settings.put(InputSettings.SURVEY_FILES, String.join(",", surveyFiles));
        settings.put(InputSettings.SCHEMA_FOLDER, schemas == null ? "" : schemas.toString());
        settings.put(InputSettings.REGISTRY_URL, registry == null ? "" : registry);
        settings.put(InputSettings.REGISTRY_PATIENCE, "0");
        try {
            AbstractConfig config = new AbstractConfig(InputSettings.define(new ConfigDef()), settings, false);
            return InputSettings.of(config, MAX_PACKET_BYTES).judging(cutout);
        } catch (ConfigException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()));
        }
    }

    /** The files among {@code inputs}, and those named like packets in its folders, by name. */
    static List<Path> files(List<Path> inputs) {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            if (!Files.isDirectory(input)) {
                files.add(input);
                continue;
            }
            try (Stream<Path> inside = Files.walk(input)) {
                files.addAll(inside.filter(PacketOptions::isPacket)
                        .filter(Files::isRegularFile)
                        .sorted()
                        .toList());
            } catch (IOException e) {
                throw CommandFailure.failed("Cannot list " + input + ": " + e.getMessage() + ".");
            }
        }
        return files;
    }

    static byte[] read(Path file) {
        try {
            if (Files.size(file) > MAX_PACKET_BYTES) {
                throw CommandFailure.failed(file + " has more than " + MAX_PACKET_BYTES + " bytes: no alert packet.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw CommandFailure.failed("Cannot read " + file + ": no such file.");
        } catch (IOException e) {
            throw CommandFailure.failed("Cannot read " + file + ": " + e.getMessage() + ".");
        }
    }
}
