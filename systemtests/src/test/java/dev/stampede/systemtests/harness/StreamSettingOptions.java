package dev.stampede.systemtests.harness;

import dev.stampede.commandline.CommandException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Settings of the stream under test that differ from the defaults. */
public final class StreamSettingOptions {
    /** Other parts of a measurement have them too. */
    private static final Set<String> OWN = Set.of(
            "bootstrap.servers", "application.id", "processing.guarantee", "threads", "output.format", "model.path");

    @Option(
            names = "--setting",
            paramLabel = "KEY=VALUE",
            description = "A setting of the stream, as in its file; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** The settings; rejects those that the measurement sets itself. */
    public Map<String, String> settings() {
        settings.keySet().stream().filter(OWN::contains).findFirst().ifPresent(key -> {
            throw CommandException.usage("--setting " + key + ": the measurement sets it itself; see its options");
        });
        return settings;
    }

    /** Settings as lines of a properties file. */
    public static String lines(Map<String, String> settings) {
        StringBuilder lines = new StringBuilder();
        settings.forEach(
                (key, value) -> lines.append(key).append('=').append(value).append('\n'));
        return lines.toString();
    }
}
