package dev.stampede.streaming.command.option;

import dev.stampede.commandline.OptionHeading;
import dev.stampede.streaming.offline.InputFiles;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.settings.InputKeys;
import dev.stampede.streaming.settings.InputSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How packets in files are decoded. */
@OptionHeading("Packets")
public final class PacketOptions {
    @Option(
            names = "--survey-file",
            paramLabel = "FILE.yaml",
            description = "Description of another survey's packets; can be repeated.")
    private List<String> surveyFiles = List.of();

    @Option(
            names = "--schemas",
            paramLabel = "DIR",
            description = "Folder of schemas MAJOR/MINOR/*.avsc, for packets that contain only a schema id.")
    private @Nullable Path schemas;

    @Mixin
    private RegistryOptions registry;

    /** Whether any option is given. */
    public boolean areGiven() {
        return !surveyFiles.isEmpty() || schemas != null || registry.isGiven();
    }

    /** The input settings. */
    public PacketInput input() {
        Map<String, String> settings = new TreeMap<>(registry.settings());
        settings.put(InputKeys.SURVEY_FILES.name(), String.join(",", surveyFiles));
        settings.put(InputKeys.SCHEMA_FOLDER.name(), schemas == null ? "" : schemas.toString());
        return InputSettings.of(settings, InputFiles.MAX_PACKET_BYTES);
    }
}
