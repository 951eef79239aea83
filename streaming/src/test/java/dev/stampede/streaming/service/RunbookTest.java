package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/how-to/respond-to-alerts.md, compared with the alert rules. */
class RunbookTest {
    private static final Path RUNBOOK = Path.of("..", "docs", "how-to", "respond-to-alerts.md");
    private static final Path RULES = Path.of("..", "deploy", "prometheus");
    private static final Pattern ENTRY = Pattern.compile("(?m)^### (\\w+)$");

    private record Alert(String name, String runbookUrl) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Alert> alerts() throws IOException {
        List<Alert> alerts = new ArrayList<>();
        for (String file : List.of("rules.yml", "retraining.yml")) {
            for (JsonNode rule :
                    new YAMLMapper().readTree(RULES.resolve(file).toFile()).findParents("alert")) {
                alerts.add(new Alert(
                        rule.path("alert").asText(),
                        rule.at("/annotations/runbook_url").asText()));
            }
        }
        return alerts;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alerts")
    void hasAnEntryWithSymptomMeaningCheckAndAction(Alert alert) throws IOException {
        assertThat(Files.readString(RUNBOOK))
                .containsPattern(
                        "### " + alert.name() + "\n- \\*\\*Symptom\\*\\*: .+(\n .+)*\n- \\*\\*Meaning\\*\\*: .+(\n .+)*"
                                + "\n- \\*\\*Check\\*\\*: .+(\n .+)*\n- \\*\\*Action\\*\\*: .+(\n .+)*\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alerts")
    void isLinkedByTheAlert(Alert alert) {
        assertThat(alert.runbookUrl())
                .endsWith("/docs/how-to/respond-to-alerts.md#" + alert.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void hasNoEntryOfAnAlertThatDoesNotExist() throws IOException {
        Matcher entries = ENTRY.matcher(Files.readString(RUNBOOK));
        assertThat(entries.results().map(entry -> entry.group(1)))
                .isNotEmpty()
                .isSubsetOf(alerts().stream().map(Alert::name).toList());
    }
}
