package dev.stampede.streaming.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Crop;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.StampQuality;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.monitor.AdminServer;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.wire.SingleObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivePageTest {
    private final StreamMetrics metrics = new StreamMetrics();
    private final AlertScorerFactory scoring =
            new AlertScorerFactory(new FirstPixelModel(), 100_000, metrics, Clock.systemUTC());
    private final LivePage page = LivePage.of(scoring, List::of);
    private final AdminServer server = AdminServer.start(0, metrics.registry(), List::of, List::of, page.routes());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
        page.close();
    }

    private void predict(String id, float pixel) {
        predict(Alerts.uniform(id, pixel));
    }

    private void predict(StampAlert alert) {
        try (PollScorer scorer = scoring.newScorer()) {
            scorer.score(List.of(SingleObject.write(alert)));
        }
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return client.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(ask(path).body());
    }

    @Test
    void listsTheNewestFirstAndAsTheFilterSays() throws Exception {
        predict("bogus", 0.1f);
        predict("real", 0.9f);
        predict("abstain", Float.NaN);
        assertThat(json("/api/classifications").findValuesAsText("alertId"))
                .containsExactly("abstain", "real", "bogus");
        assertThat(json("/api/classifications?verdict=REAL,BOGUS").findValuesAsText("alertId"))
                .containsExactly("real", "bogus");
        assertThat(json("/api/classifications?low=0.5").findValuesAsText("alertId"))
                .containsExactly("real");
        assertThat(json("/api/classifications?high=0.5").findValuesAsText("alertId"))
                .containsExactly("bogus");
        assertThat(json("/api/classifications?limit=1").findValuesAsText("alertId"))
                .containsExactly("abstain");
        assertThat(json("/api/classifications?survey=OTHER").get("classifications"))
                .isEmpty();
        assertThat(json("/api/classifications").get("surveys").get(0).asText()).isEqualTo("DEEP");
    }

    @Test
    void tellsWhatIsWrongWithAFilter() throws Exception {
        for (String query : List.of("verdict=MAYBE", "low=2", "low=x", "low=0.9&high=0.1", "limit=0", "limit=100000")) {
            HttpResponse<String> answer = ask("/api/classifications?" + query);
            assertThat(answer.statusCode()).as(query).isEqualTo(400);
            assertThat(answer.body()).contains("problem");
        }
    }

    @Test
    void givesTheWholeRecordOfAnAlertWhateverItsIdIs() throws Exception {
        predict("a/b +ü", 0.75f);
        JsonNode record = json("/api/classifications/a%2Fb%20+%C3%BC");
        assertThat(record.get("alertId").asText()).isEqualTo("a/b +ü");
        assertThat(record.get("probability").asDouble()).isEqualTo(0.75);
        assertThat(record.get("objectId").asText()).isEqualTo("object-a/b +ü");
        assertThat(record.get("band").asText()).isEqualTo("VR");
        assertThat(record.get("rightAscensionDegrees").asDouble()).isEqualTo(216.5);
        assertThat(record.get("modelName").asText()).isEqualTo("first-pixel");
        assertThat(record.at("/quality/maskedFraction").asDouble()).isEqualTo(0.25);
        assertThat(record.at("/stamp/width").asInt()).isEqualTo(21);
    }

    @Test
    void namesTheFieldsOfARecordAsTheSchemaDoes() throws Exception {
        predict(Alerts.ofKnownObject("named", 0.75f, "9223372036854775807"));
        JsonNode record = json("/api/classifications/named");
        assertThat(record.get("ssObjectId").isTextual())
                .as("a number would lose digits in JavaScript")
                .isTrue();
        assertThat(record.get("ssObjectId").asText()).isEqualTo("9223372036854775807");
        assertThat(record.get("knownObjectName").asText()).isEqualTo("2004 JQ12");
        assertThat(record.get("knownObjectDistanceArcsec").asDouble()).isEqualTo(0.25);
        assertThat(record.get("matchesKnownObject").asBoolean()).isTrue();
        Set<String> ofThePage = Set.of(
                "sequence", "stamp", "takesLabels", "rightAscensionDegrees", "declinationDegrees", "signalToNoise");
        assertFieldsOf(Classification.getClassSchema(), record, ofThePage);
        assertFieldsOf(Crop.getClassSchema(), record.get("crop"), Set.of());
        assertFieldsOf(StampQuality.getClassSchema(), record.get("quality"), Set.of());
        assertThat(record.get("scoredTime").asText()).matches(".*T\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    private static void assertFieldsOf(Schema schema, JsonNode object, Set<String> others) {
        assertThat(object.fieldNames())
                .toIterable()
                .isNotEmpty()
                .allMatch(name -> schema.getField(name) != null || others.contains(name));
    }

    @Test
    void saysThatAnAlertIsNotKept() throws Exception {
        HttpResponse<String> answer = ask("/api/classifications/unknown");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("alert unknown is not among the newest");
    }

    @Test
    void hasAMapOfWhatWasJudged() throws Exception {
        predict("one", 0.9f);
        assertThat(ask("/api/classifications/one/map").statusCode()).isEqualTo(200);
    }

    @Test
    void hasNoMapOfAStampThatWasNotJudged() throws Exception {
        predict("one", 2f);
        assertThat(ask("/api/classifications/one/map").statusCode()).isEqualTo(404);
    }

    @Test
    void pushesThePulseAndWhatIsNew() throws Exception {
        predict("first", 0.9f);
        HttpResponse<java.io.InputStream> stream =
                client.send(request("/api/events"), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), UTF_8))) {
            assertThat(next(lines, "event: stats")).contains("\"model\":\"first-pixel 7\"");
            assertThat(next(lines, "event: classifications")).contains("\"alertId\":\"first\"");
            predict("second", 0.9f);
            assertThat(next(lines, "event: classifications"))
                    .contains("\"alertId\":\"second\"")
                    .doesNotContain("\"alertId\":\"first\"");
        }
    }

    private static String next(BufferedReader lines, String event) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals(event)) {
            line = lines.readLine();
        }
        return String.valueOf(lines.readLine());
    }

    @Test
    void hasTheHistoryTheLagAndTheAge() throws Exception {
        assertThat(json("/api/history").get("alertsPerSecond")).isEmpty();
        JsonNode now = json("/api/now");
        assertThat(now.get("lagAlerts").isNull()).as("not measured").isTrue();
        assertThat(now.get("lastOutcomeSeconds").isNull()).isTrue();
        assertThat(now.get("uptimeSeconds").asLong()).isBetween(0L, 60L);
        predict("one", 0.9f);
        assertThat(json("/api/now").get("lastOutcomeSeconds").asLong()).isBetween(0L, 60L);
    }

    @Test
    void headOfTheEventsEndsAtOnce() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/events"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = client.send(head, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void servesItsPageAndItsParts() throws Exception {
        assertThat(ask("/").body()).contains("<title>Stampede</title>", "<noscript>");
        for (String part : List.of("/live.js", "/chart.js", "/stamp.js", "/live.css", "/icon.svg")) {
            assertThat(ask(part).statusCode()).as(part).isEqualTo(200);
        }
        assertThat(ask("/../live.js").statusCode()).isEqualTo(404);
    }
}
