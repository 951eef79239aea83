package dev.stampede.streaming.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.monitor.AdminServer;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabelEndpointTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String GOOD = "{\"alertId\": \"a\", \"verdict\": \"REAL\", \"labeller\": \" Ada \"}";

    private final StreamMetrics metrics = new StreamMetrics();
    private final AlertScorerFactory scoring =
            new AlertScorerFactory(new FirstPixelModel(), 100_000, metrics, Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<Label> taken = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean refuses;
    private final LivePage page = LivePage.of(scoring, List::of, Optional.of(this::put));
    private final AdminServer server = AdminServer.start(0, metrics.registry(), List::of, List::of, page.routes());
    private final HttpClient client = HttpClient.newHttpClient();

    private void put(Label label) throws IOException {
        if (refuses) {
            throw new IOException("Kafka is away");
        }
        taken.add(label);
    }

    @AfterEach
    void close() {
        server.close();
        page.close();
    }

    private void predict(String id) {
        try (PollScorer scorer = scoring.newScorer()) {
            scorer.score(List.of(SingleObject.write(Alerts.uniform(id, 0.9f))));
        }
    }

    private HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/api/labels"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> postAsThePage(String body, String... more) throws IOException, InterruptedException {
        List<String> headers = new ArrayList<>(List.of("Content-Type", "application/json", LabelEndpoint.HEADER, "1"));
        headers.addAll(List.of(more));
        return post(body, headers.toArray(String[]::new));
    }

    @Test
    void takesALabelOfAnAlertThatThePageHolds() throws Exception {
        predict("a");
        HttpResponse<String> answer = postAsThePage(GOOD, "Sec-Fetch-Site", "same-origin");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(taken).containsExactly(new Label("a", "object-a", Truth.REAL, LabelSource.EXPERT, "Ada", NOW, null));
    }

    @Test
    void takesNothingFromAnotherSite() throws Exception {
        predict("a");
        String own = "http://127.0.0.1:" + server.port();
        assertThat(post(GOOD, "Content-Type", "application/json").statusCode()).isEqualTo(403);
        assertThat(post(GOOD, "Content-Type", "text/plain", LabelEndpoint.HEADER, "1")
                        .statusCode())
                .isEqualTo(415);
        assertThat(postAsThePage(GOOD, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        assertThat(postAsThePage(GOOD, "Sec-Fetch-Site", "same-site").statusCode())
                .isEqualTo(403);
        assertThat(postAsThePage(GOOD, "Origin", "http://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(taken).isEmpty();
        assertThat(postAsThePage(GOOD, "Origin", own).statusCode()).isEqualTo(201);
    }

    @Test
    void givesNoOtherSiteLeaveToAsk() throws Exception {
        HttpRequest preflight = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/labels"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = client.send(preflight, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void refusesWhatIsNoLabel() throws Exception {
        predict("a");
        assertThat(postAsThePage("{").statusCode()).isEqualTo(400);
        assertThat(postAsThePage("[]").statusCode()).isEqualTo(400);
        assertThat(postAsThePage(GOOD.replace("REAL", "ABSTAIN")).statusCode()).isEqualTo(400);
        assertThat(postAsThePage(GOOD.replace(" Ada ", "x".repeat(101))).statusCode())
                .isEqualTo(400);
        assertThat(postAsThePage(GOOD.replace("\"a\"", "\"b\"")).statusCode()).isEqualTo(404);
        assertThat(postAsThePage("x".repeat(LabelEndpoint.MAX_BYTES + 1)).statusCode())
                .isEqualTo(413);
        assertThat(taken).isEmpty();
    }

    @Test
    void saysThatALabelIsNotStored() throws Exception {
        predict("a");
        refuses = true;
        HttpResponse<String> answer = postAsThePage(GOOD);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("not stored: Kafka is away");
    }

    @Test
    void aPageWithoutASinkHasNothingThatTakesAPost() throws Exception {
        try (LivePage readOnly = LivePage.of(scoring, List::of)) {
            assertThat(readOnly.routes()).allMatch(route -> route.method().equals("GET"));
        }
    }
}
