package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.monitor.Exposition;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/reference/metrics.md, compared with what the program exposes. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "metrics.md");
    private static final Path RETRAINING = Path.of("..", "deploy", "prometheus", "retraining.prom");
    private static final Pattern ROW =
            Pattern.compile("\\| `((?:stampede|kafka)_\\w+)` \\| (\\w+) \\| ([^|]*)\\| [^|]+ \\|");

    private static final Map<String, String> DOCUMENTED_TYPES = new TreeMap<>();
    private static final Map<String, List<String>> DOCUMENTED_LABELS = new HashMap<>();

    @BeforeAll
    static void readPage() throws IOException {
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                DOCUMENTED_TYPES.put(row.group(1), row.group(2));
                DOCUMENTED_LABELS.put(row.group(1), labels(row.group(3)));
            }
        }
    }

    private static List<String> labels(String cell) {
        return Pattern.compile("`(\\w+)`")
                .matcher(cell)
                .results()
                .map(label -> label.group(1))
                .toList();
    }

    private static List<MetricFamilySamples> families() {
        return ExposedMetrics.families().stream()
                .filter(family -> !family.name.matches("(jvm|process)_.*"))
                .toList();
    }

    @Test
    void listsEachMetricWithItsType() throws IOException {
        Map<String, String> exposed =
                new TreeMap<>(Exposition.of(Files.readString(RETRAINING)).types());
        families()
                .forEach(family -> exposed.put(
                        ExposedMetrics.name(family), family.type.name().toLowerCase(Locale.ROOT)));

        assertThat(DOCUMENTED_TYPES).isEqualTo(exposed);
    }

    @Test
    void listsTheLabelsOfEachMetric() {
        Map<String, List<String>> exposed = new HashMap<>();
        for (MetricFamilySamples family : families()) {
            for (Sample sample : family.samples) {
                exposed.put(
                        ExposedMetrics.name(family),
                        sample.labelNames.stream()
                                .filter(label -> !label.equals("le"))
                                .toList());
            }
        }
        assertThat(exposed).hasSizeGreaterThan(10);
        assertThat(DOCUMENTED_LABELS).containsAllEntriesOf(exposed);
    }
}
