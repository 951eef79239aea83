package dev.stampede.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.commandline.BuildInfo;
import dev.stampede.stamps.score.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
    private static final String VERSION = "\"version\":\"" + BuildInfo.current().describe() + "\"";

    private final StreamMetrics metrics = new StreamMetrics();
    private volatile boolean alive = true;
    private volatile boolean ready = true;
    private final AdminServer server = AdminServer.start(
            0,
            metrics.registry(),
            () -> List.of(new HealthCheck("stream", alive, alive ? "fine" : "stopped: \"fire\"")),
            () -> List.of(new HealthCheck("model", true, "proven"), new HealthCheck("streams", ready, "RUNNING")),
            List.of(Route.exact("/", exchange -> HttpResponses.text(exchange, 200, "the page"))));

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void showsEveryMetricFromTheStart() throws Exception {
        metrics.classified(Verdict.REAL);
        HttpResponse<String> answer = ask("GET", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.body())
                .contains(
                        "stampede_alerts_total{outcome=\"real\",} 1.0",
                        "stampede_alerts_total{outcome=\"dead_letter\",} 0.0",
                        "stampede_abstentions_total{reason=\"too_many_masked_pixels\",} 0.0",
                        "stampede_dead_letters_total{error=\"corrupt_avro\",} 0.0",
                        "stampede_stage_seconds_count{stage=\"score\",} 0.0",
                        "stampede_end_to_end_seconds_count 0.0",
                        "stampede_batch_size_count 0.0",
                        "stampede_unbatched_total 0.0",
                        "stampede_score_count 0.0");
    }

    @Test
    void saysInWordsWhetherItLives() throws Exception {
        assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/healthz").body())
                .isEqualTo("{\"alive\":true," + VERSION + ",\"wrong\":[],\"stream\":\"fine\"}\n");
        alive = false;
        assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/healthz").body())
                .isEqualTo("{\"alive\":false," + VERSION
                        + ",\"wrong\":[\"stream\"],\"stream\":\"stopped: \\\"fire\\\"\"}\n");
    }

    @Test
    void isReadyOnlyWhereEveryConditionHolds() throws Exception {
        assertThat(ask("GET", "/readyz").body())
                .isEqualTo(
                        "{\"ready\":true," + VERSION + ",\"wrong\":[],\"model\":\"proven\",\"streams\":\"RUNNING\"}\n");
        ready = false;
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/readyz").body()).contains("\"ready\":false," + VERSION + ",\"wrong\":[\"streams\"]");
    }

    @Test
    void answersTheRoutesItIsGiven() throws Exception {
        HttpResponse<String> answer = ask("GET", "/");
        assertThat(answer.body()).isEqualTo("the page");
        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
    }

    @Test
    void answersNothingElse() throws Exception {
        assertThat(ask("GET", "/elsewhere").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/metrics/more").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
    }

    @Test
    void answersHeadAsGetWithoutABodyAndWithoutAWarningOfTheJdk() throws Exception {
        List<LogRecord> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                warnings.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger jdk = Logger.getLogger("com.sun.net.httpserver");
        jdk.addHandler(handler);
        try {
            for (String path : List.of("/", "/readyz", "/metrics")) {
                HttpResponse<String> head = ask("HEAD", path);
                assertThat(head.statusCode()).as(path).isEqualTo(200);
                assertThat(head.body()).isEmpty();
                assertThat(head.headers().firstValue("Content-Type"))
                        .isEqualTo(ask("GET", path).headers().firstValue("Content-Type"));
            }
            assertThat(ask("HEAD", "/").headers().firstValueAsLong("Content-Length"))
                    .hasValue("the page".length());
            ready = false;
            assertThat(ask("HEAD", "/readyz").statusCode()).isEqualTo(503);
            assertThat(ask("HEAD", "/elsewhere").statusCode()).isEqualTo(404);
        } finally {
            jdk.removeHandler(handler);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void labelsEveryMetricWithTheApplicationId() throws Exception {
        metrics.classified(Verdict.REAL);
        try (AdminServer labelled = AdminServer.start(
                0, ApplicationMetrics.of(metrics.registry(), "deep"), List::of, List::of, List.of())) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + labelled.port() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            Exposition.of(answer.body()).requireRules();
            assertThat(answer.body())
                    .contains(
                            "stampede_alerts_total{outcome=\"real\",application_id=\"deep\",} 1.0",
                            "stampede_unbatched_total{application_id=\"deep\",} 0.0");
            assertThat(answer.body().lines().filter(line -> !line.startsWith("#")))
                    .allSatisfy(line -> assertThat(line).contains("application_id=\"deep\""));
        }
    }

    @Test
    void exposesTheVersion() throws Exception {
        assertThat(ask("GET", "/metrics").body())
                .contains("stampede_build_info{version=\"" + BuildInfo.current().version() + "\"");
    }

    @Test
    void refusesAPortThatIsTakenInASentence() {
        assertThatExceptionOfType(HttpServerException.class)
                .isThrownBy(() -> AdminServer.start(server.port(), metrics.registry(), List::of, List::of, List.of()))
                .withMessageContaining("port " + server.port());
    }
}
