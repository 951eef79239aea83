package dev.stampede.systemtests.harness;

import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.explain.StampExplainerFactory;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.ActiveModels;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.service.StampedeStream;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Creates streams that run in this process. */
public final class InProcessStream {
    private InProcessStream() {}

    /** Parses the text of a properties file. */
    public static StreamSettings settings(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a string", e);
        }
        Map<String, String> settings = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> properties.getProperty(name)));
        return StreamSettings.of(settings);
    }

    /** What a stream scores and explains with. */
    public record Scorers(AlertScorerFactory scoring, StampExplainerFactory explainers) {}

    /** Creates what a stream with {@code settings} scores and explains with. */
    public static Scorers scorers(ModelHandle model, StreamSettings settings, StreamMetrics metrics) {
        ActiveModels models = new ActiveModels(model, metrics);
        StampExplainerFactory explainers = StampExplainerFactory.of(models, ExplanationSettings.of(settings), metrics);
        return new Scorers(
                new AlertScorerFactory(models, settings.input(), metrics, Clock.systemUTC(), explainers.decorator()),
                explainers);
    }

    /** Starts a stream. */
    public static StampedeStream start(ModelHandle model, StreamMetrics metrics, String settings) {
        StreamSettings parsed = settings(settings);
        Scorers scorers = scorers(model, parsed, metrics);
        return StampedeStream.start(parsed, scorers.scoring(), scorers.explainers());
    }
}
