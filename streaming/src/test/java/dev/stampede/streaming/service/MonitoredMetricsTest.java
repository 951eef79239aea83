package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stampede.streaming.monitor.Exposition;
import dev.stampede.streaming.monitor.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules and dashboards name what the program exposes. */
class MonitoredMetricsTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final List<String> RULES = List.of("prometheus/rules.yml", "prometheus/retraining.yml");

    /** The retraining job is no stream: its metrics have other labels. */
    private static final String OF_THE_JOB = "stampede_retraining_";

    private static final Pattern NAME = Pattern.compile("\\b(?:stampede|kafka|jvm|process)_[a-z0-9_]+");

    /** The names that a stream, injection and recovery, and the retraining job expose. */
    private static Set<String> exposed() throws IOException {
        Set<String> names = new TreeSet<>();
        ExposedMetrics.families().forEach(family -> names.add(ExposedMetrics.name(family)));
        // Written by training, which compares its metrics with this file.
        names.addAll(Exposition.of(Files.readString(DEPLOY.resolve("prometheus/retraining.prom")))
                .names());
        return names;
    }

    private static Set<String> named(JsonNode file) {
        Set<String> names = new TreeSet<>();
        for (String expression : file.findValuesAsText("expr")) {
            Matcher name = NAME.matcher(expression);
            while (name.find()) {
                names.add(name.group());
            }
        }
        return names;
    }

    private static void requireExposed(Set<String> named, Set<String> exposed) {
        assertThat(named).as("what is named").hasSizeGreaterThan(5);
        assertThat(named)
                .allSatisfy(name -> assertThat(exposed)
                        .as(name)
                        .containsAnyElementsOf(List.of(name, name.replaceFirst("_(bucket|sum|count)$", ""))));
    }

    @Test
    void rulesNameMetricsThatExist() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String file : RULES) {
            named.addAll(named(new YAMLMapper().readTree(DEPLOY.resolve(file).toFile())));
        }
        requireExposed(named, exposed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"operators", "scientists"})
    void dashboardsNameMetricsThatExist(String name) throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(DEPLOY.resolve("grafana/" + name + ".json").toFile());
        requireExposed(named(dashboard), exposed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"operators", "scientists"})
    void dashboardsSelectJobInstanceAndApplicationInEveryQuery(String name) throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(DEPLOY.resolve("grafana/" + name + ".json").toFile());
        assertThat(dashboard.at("/templating/list").findValuesAsText("name"))
                .contains("job", "instance", "application_id");
        String selector = "{job=~\"$job\", instance=~\"$instance\", application_id=~\"$application_id";
        List<String> expressions = dashboard.findValuesAsText("expr");
        assertThat(expressions).hasSizeGreaterThan(10).allSatisfy(expression -> {
            Matcher metric = NAME.matcher(expression);
            while (metric.find()) {
                if (!metric.group().startsWith(OF_THE_JOB)) {
                    assertThat(expression.substring(metric.end())).startsWith(selector);
                }
            }
        });
    }

    @Test
    void theRulesFireWhereTheyShouldAndNotWhereTheyShouldNot() throws IOException, InterruptedException {
        Promtool.requireInstalled();
        for (List<String> check : List.of(
                List.of("check", "rules", "rules.yml"),
                List.of("check", "rules", "retraining.yml"),
                List.of("test", "rules", "retraining.test.yml"),
                List.of("check", "config", "prometheus.yml"),
                List.of("test", "rules", "rules.test.yml"))) {
            String file = DEPLOY.resolve("prometheus").resolve(check.get(2)).toString();
            Promtool.Answer answer = Promtool.run(new byte[0], check.get(0), check.get(1), file);
            assertThat(answer.exitCode()).as(answer.reported()).isZero();
        }
    }
}
