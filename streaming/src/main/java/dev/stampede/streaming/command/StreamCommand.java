package dev.stampede.streaming.command;

import dev.stampede.streaming.packet.InputSettings;
import dev.stampede.streaming.topology.SettingsSource;
import dev.stampede.streaming.topology.StreamSettings;
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

/** {@code stream}: judges the alerts of a broker until it is stopped. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description = "Judges the alerts of a Kafka topic until SIGTERM or Ctrl-C.",
        footer = "Settings: docs/configuration.md.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:stopped when asked, all that was judged is committed",
            "1:the model is not proven, Kafka or a topic is away, a thread failed, or a stop took too long",
            "2:wrong usage or settings"
        })
final class StreamCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(StreamCommand.class);

    /** Beyond what the stream itself may take to stop: the HTTP server and the model close in less. */
    private static final Duration REST = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with the settings. Without it they come from environment variables alone.")
    private @Nullable Path config;

    @Option(
            names = "--survey-file",
            paramLabel = "FILE.yaml",
            description = "Describes another survey's packets, besides those of input.survey.files; may come more than"
                    + " once.")
    private List<String> surveyFiles = List.of();

    @Option(names = "--print-config", description = "Print every setting as it holds, secrets hidden, and end.")
    private boolean printConfig;

    @Override
    public Integer call() throws InterruptedException {
        StreamSettings settings = settings(System.getenv());
        if (printConfig) {
            PrintWriter out = spec.commandLine().getOut();
            settings.printable().forEach((key, value) -> out.println(key + "=" + value));
            out.flush();
            return 0;
        }
        if (settings.logsJson()) {
            LogFormat.json();
        }
        try (Farewell farewell = Farewell.within(settings.stopAtMost().plus(REST))) {
            new StreamRun(settings, farewell, System.err).run();
        }
        return 0;
    }

    private StreamSettings settings(Map<String, String> environment) {
        SettingsSource.unknown(environment)
                .forEach(name -> LOG.warn("The environment variable {} names no setting; it is ignored", name));
        Map<String, String> settings = new TreeMap<>(config == null ? Map.of() : SettingsSource.read(config));
        settings.putAll(SettingsSource.environment(environment));
        surveyFiles.forEach(file -> settings.merge(
                InputSettings.SURVEY_FILES, file, (before, also) -> before.isBlank() ? also : before + "," + also));
        return StreamSettings.of(settings);
    }
}
