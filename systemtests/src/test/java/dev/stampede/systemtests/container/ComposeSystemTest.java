package dev.stampede.systemtests.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.deploy.Strict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** {@code deploy/compose.yaml}, run. The last test stops the stack. */
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComposeSystemTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern SENT = Pattern.compile("Sent (\\d+) alerts");
    private static final String STREAM = ComposeStack.container("stampede");

    private static ComposeStack stack;
    private static String address = "";

    @BeforeAll
    static void start() throws IOException {
        stack = ComposeStack.start();
        address = stack.address();
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    private static JsonNode prometheus(String path) {
        try (InputStream response =
                URI.create("http://" + address + ":9090" + path).toURL().openStream()) {
            return MAPPER.readTree(response).path("data");
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }

    /** The value of a query with one result; 0 without a result. */
    private static double value(String query) {
        return prometheus("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8))
                .at("/result/0/value/1")
                .asDouble();
    }

    private static double alertsWithOutcome() {
        return value("sum(stampede_alerts_total)");
    }

    private static boolean isReady() {
        return ComposeStack.execute("stampede", "health").exitCode() == 0;
    }

    @Test
    @Order(1)
    void everyTargetIsUpAndEveryRuleIsLoadedWithoutAnError() throws IOException {
        Polling.await(() -> value("up") == 1, () -> "targets: " + prometheus("/api/v1/targets"));
        List<String> written = new ArrayList<>();
        Strict.tree(Path.of("..", "deploy", "prometheus", "rules.yml"))
                .findValues("alert")
                .forEach(name -> written.add(name.asText()));
        JsonNode groups = prometheus("/api/v1/rules").path("groups");

        List<String> loaded = new ArrayList<>();
        groups.forEach(group -> group.path("rules").forEach(rule -> {
            assertThat(rule.path("lastError").asText()).as("%s", rule).isEmpty();
            if (rule.path("type").asText().equals("alerting")) {
                loaded.add(rule.path("name").asText());
            }
        }));

        assertThat(loaded).isNotEmpty().containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    @Order(2)
    void classifiesTheAlertsOfTheProducer() {
        Polling.await(() -> alertsWithOutcome() > 1000, () -> Podman.logs(STREAM));

        Polling.await(ComposeSystemTest::isReady, () -> Podman.logs(STREAM));
        Polling.await(() -> stack.isHealthy("stampede"), () -> Podman.logs(STREAM));
    }

    @Test
    @Order(3)
    void isRestartedAfterSigkill() {
        String started = Podman.inspect(STREAM, ".State.StartedAt");

        Podman.crash(STREAM);

        Polling.await(
                () -> !Podman.inspect(STREAM, ".State.StartedAt").equals(started) && stack.isHealthy("stampede"),
                () -> Podman.logs(STREAM));
        Polling.await(ComposeSystemTest::isReady, () -> Podman.logs(STREAM));
    }

    @Test
    @Order(4)
    void everyAlertOfTheProducerHasOneOutcome() throws IOException {
        Podman.run("stop", ComposeStack.container("alerts"));
        Matcher sent = SENT.matcher(Podman.logs(ComposeStack.container("alerts")));
        assertThat(sent.find())
                .as(Podman.logs(ComposeStack.container("alerts")))
                .isTrue();
        int alerts = Integer.parseInt(sent.group(1));

        Polling.await(() -> classifiedAlerts().size() >= alerts, () -> Podman.logs(STREAM));
        List<String> classified = classifiedAlerts();
        assertThat(classified).hasSize(alerts).doesNotHaveDuplicates();
        assertThat(ComposeStack.execute("kafka", "replay-dead-letters", "--dry-run")
                        .succeeded())
                .startsWith("0 dead letters ");
    }

    /** The alert ids of all committed classifications, up to the end of the topic. */
    private static List<String> classifiedAlerts() {
        String file = "/tmp/classifications.jsonl";
        ComposeStack.execute("kafka", "tail", "--out", file, "--force").succeeded();
        List<String> ids = new ArrayList<>();
        Podman.run("exec", ComposeStack.container("kafka"), "cat", file)
                .lines()
                .forEach(line -> ids.add(alertId(line)));
        return ids;
    }

    private static String alertId(String classification) {
        try {
            return MAPPER.readTree(classification).path("alertId").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(5)
    void writesNothingOutsideOfItsTemporaryFolder() {
        assertThat(Podman.run("diff", STREAM).lines())
                .as("what podman itself puts into a container")
                .allMatch(line -> line.matches("[AC] /(etc(/stampede)?(/[a-z.]+)?|run(/.+)?|tmp)"));
    }

    @Test
    @Order(6)
    void isNotReadyButAliveWhileTheBrokerIsDown() {
        Podman.run("stop", ComposeStack.container("kafka"));

        Polling.await(() -> !isReady(), () -> Podman.logs(STREAM));
        assertThat(stack.isHealthy("stampede")).as("liveness").isTrue();

        Podman.run("start", ComposeStack.container("kafka"));
        Polling.await(ComposeSystemTest::isReady, () -> Podman.logs(STREAM));
    }

    @Test
    @Order(7)
    void endsOnSigtermWithinTheGracePeriod() {
        Instant before = Instant.now();

        Podman.run("stop", STREAM);

        assertThat(Podman.inspect(STREAM, ".State.ExitCode")).isEqualTo("0");
        String gracePeriod = String.valueOf(stack.service("stampede").stopGracePeriod());
        assertThat(Duration.between(before, Instant.now()))
                .isLessThan(Duration.parse("PT" + gracePeriod.toUpperCase(Locale.ROOT)));
    }
}
