package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.streaming.monitor.HttpResponses;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts labels from the page only. A form of another site cannot send the required header and content type, and a script
 * of another site would need a CORS preflight that is never granted (WHATWG Fetch). Only alerts that the page holds can be
 * labelled. Thread-safe.
 */
final class LabelEndpoint {
    /** A header that a form cannot send. */
    static final String HEADER = "X-Stampede-Label";

    /** Of a request: an id, a verdict and a name. */
    static final int MAX_BYTES = 8192;

    private static final int MAX_NAME = 100;

    /** Maximum concurrent labels: each occupies a thread of the server until Kafka has stored it. */
    private static final int MAX_CONCURRENT = 4;

    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int WRONG_TYPE = 415;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private static final Logger LOG = LoggerFactory.getLogger(LabelEndpoint.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RecentClassifications recent;
    private final LabelSink sink;
    private final Clock clock;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);

    LabelEndpoint(RecentClassifications recent, LabelSink sink, Clock clock) {
        this.recent = recent;
        this.sink = sink;
        this.clock = clock;
    }

    private record Request(String alertId, Truth verdict, String labeller) {}

    /** Handles a POST. */
    void serve(HttpExchange exchange) throws IOException {
        if (!isFromThePage(exchange)) {
            refuse(exchange, FORBIDDEN, "labels are only accepted from the live page, with the header " + HEADER);
            return;
        }
        String type = String.valueOf(header(exchange, "Content-Type")).toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            refuse(exchange, WRONG_TYPE, "the content type of a label must be application/json");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            refuse(exchange, TOO_LARGE, "the maximum size of a label is " + MAX_BYTES + " bytes");
            return;
        }
        try {
            take(exchange, parse(body));
        } catch (IllegalArgumentException wrong) {
            refuse(exchange, BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private void take(HttpExchange exchange, Request request) throws IOException {
        Optional<LiveRecord> record = recent.find(request.alertId());
        if (record.isEmpty()) {
            refuse(
                    exchange,
                    NOT_FOUND,
                    "alert " + request.alertId() + " is not among the newest; label it with stampede label");
        } else if (!permits.tryAcquire()) {
            refuse(exchange, TOO_MANY, "too many concurrent labels; try again");
        } else {
            try {
                sink.put(label(request, record.get()));
                HttpResponses.json(
                        exchange,
                        CREATED,
                        LiveJson.object()
                                .put("alertId", request.alertId())
                                .put("verdict", request.verdict().name()));
            } catch (IOException failure) {
                LOG.atWarn()
                        .setCause(failure)
                        .addKeyValue("alertId", request.alertId())
                        .log("Label not stored");
                refuse(exchange, UNAVAILABLE, "the label was not stored: " + failure.getMessage());
            } finally {
                permits.release();
            }
        }
    }

    private Label label(Request request, LiveRecord record) {
        return new Label(
                request.alertId(),
                record.classified().alert().objectId().orElse(null),
                request.verdict(),
                LabelSource.EXPERT,
                request.labeller().isBlank() ? "live page" : request.labeller().strip(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                null);
    }

    private static Request parse(byte[] body) {
        JsonNode json;
        try {
            json = MAPPER.readTree(body);
        } catch (IOException broken) {
            throw new IllegalArgumentException("the body is not JSON", broken);
        }
        String verdict = json.path("verdict").asText();
        String labeller = json.path("labeller").asText();
        if (!verdict.equals(Truth.REAL.name()) && !verdict.equals(Truth.BOGUS.name())) {
            throw new IllegalArgumentException("verdict must be REAL or BOGUS");
        }
        if (labeller.length() > MAX_NAME) {
            throw new IllegalArgumentException("labeller has more than " + MAX_NAME + " characters");
        }
        return new Request(json.path("alertId").asText(), Truth.valueOf(verdict), labeller);
    }

    /**
     * Browsers state the origin of a request in {@code Sec-Fetch-Site} or {@code Origin}. On a loopback address the host
     * name must be one of the loopback too, against DNS rebinding.
     */
    private static boolean isFromThePage(HttpExchange exchange) {
        String site = header(exchange, "Sec-Fetch-Site");
        String origin = header(exchange, "Origin");
        String host = String.valueOf(header(exchange, "Host"));
        boolean sameSite = site == null
                ? origin == null || origin.replaceFirst("^https?://", "").equals(host)
                : site.equals("same-origin");
        boolean hasLocalName = !exchange.getLocalAddress().getAddress().isLoopbackAddress() || isLoopback(host);
        return header(exchange, HEADER) != null && sameSite && hasLocalName;
    }

    private static boolean isLoopback(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        return name.equals("localhost")
                || name.equals("[::1]")
                || name.equals(InetAddress.getLoopbackAddress().getHostAddress());
    }

    private static @Nullable String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private static void refuse(HttpExchange exchange, int status, String description) throws IOException {
        HttpResponses.json(exchange, status, LiveJson.problem(description));
    }
}
