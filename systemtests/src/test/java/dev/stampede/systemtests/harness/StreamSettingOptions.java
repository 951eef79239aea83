package dev.stampede.systemtests.harness;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Settings of the stream under test that differ from the defaults. */
public final class StreamSettingOptions {
    @Option(
            names = "--setting",
            paramLabel = "KEY=VALUE",
            description = "A setting of the stream, as in its file; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    public Map<String, String> settings() {
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
