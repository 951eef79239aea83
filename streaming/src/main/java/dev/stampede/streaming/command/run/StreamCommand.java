package dev.stampede.streaming.command.run;

import dev.stampede.commandline.Example;
import dev.stampede.streaming.kafka.CompressionLibraries;
import dev.stampede.streaming.service.GracefulShutdown;
import dev.stampede.streaming.service.LogFormat;
import dev.stampede.streaming.service.StreamRunner;
import dev.stampede.streaming.settings.InputKeys;
import dev.stampede.streaming.settings.SettingsSource;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stream}: classifies the alerts of a Kafka topic until it is stopped. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description = "Classifies the alerts of a Kafka topic until SIGTERM or Ctrl-C.",
        footer = "Settings: docs/reference/settings.md.",
        exitCodeList = {
            "0:stopped on request, all classifications are committed",
            "1:the model failed its verification, Kafka or a topic is not available, a thread failed, or the stop timed out",
            "2:wrong usage or settings"
        })
@Example("stream --config stampede.properties")
public final class StreamCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamCommand.class);

    /** For closing the HTTP server and the model, in addition to the timeout of the stream. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with the settings; environment variables override it.")
    private @Nullable Path config;

    @Option(
            names = "--survey-file",
            paramLabel = "FILE.yaml",
            description =
                    "Description of another survey's packets, in addition to input.survey-files; can be repeated.")
    private List<String> surveyFiles = List.of();

    @Option(names = "--print-config", description = "Print all settings, with secrets hidden, and exit.")
    private boolean printConfig;

    @Override
    public Integer call() throws InterruptedException {
        // Before anything can be wrong: with the settings file, then with the settings.
        setLogFormat(SettingsSource.environment(System.getenv()));
        Map<String, String> given = given(System.getenv());
        setLogFormat(given);
        SettingsSource.unknown(System.getenv())
                .forEach(name -> LOG.warn("The environment variable {} is not a setting and is ignored", name));
        StreamSettings settings = StreamSettings.of(given);
        if (printConfig) {
            PrintWriter out = spec.commandLine().getOut();
            settings.printable().forEach((key, value) -> out.println(key + "=" + value));
            out.flush();
            return 0;
        }
        CompressionLibraries.load();
        try (GracefulShutdown shutdown =
                GracefulShutdown.within(settings.get(StreamKeys.STOP_TIMEOUT).plus(CLOSE_TIMEOUT))) {
            new StreamRunner(settings, shutdown, System.err).run();
        }
        return 0;
    }

    private void setLogFormat(Map<String, String> settings) {
        if (!printConfig && "json".equals(settings.get(StreamKeys.LOG_FORMAT.name()))) {
            LogFormat.json();
        }
    }

    /** The settings by name, of the file, the environment and the options. */
    private Map<String, String> given(Map<String, String> environment) {
        Map<String, String> settings = new TreeMap<>(config == null ? Map.of() : SettingsSource.read(config));
        settings.putAll(SettingsSource.environment(environment));
        surveyFiles.forEach(file -> settings.merge(
                InputKeys.SURVEY_FILES.name(), file, (before, also) -> before.isBlank() ? also : before + "," + also));
        return settings;
    }
}
