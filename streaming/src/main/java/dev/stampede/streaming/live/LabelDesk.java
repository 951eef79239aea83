package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.streaming.observe.Answer;
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
 * Takes labels from the page, and from the page alone. A form of another site can send neither the header nor the type
 * that are demanded here, and a script of another site needs a leave to send them that nobody gives (WHATWG Fetch, CORS
 * preflight). Only alerts that the page holds can be labelled. Thread-safe.
 */
final class LabelDesk {
    /** The header that no form can send. */
    static final String HEADER = "X-Stampede-Label";

    /** The whole request: an id, a verdict and a name. */
    static final int MAX_BYTES = 8192;

    private static final int MAX_NAME = 100;

    /** Labels under way at once: each holds a thread of the server until Kafka has it. */
    private static final int AT_ONCE = 4;

    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int WRONG_TYPE = 415;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private static final Logger LOG = LoggerFactory.getLogger(LabelDesk.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RecentClassifications recent;
    private final LabelSink sink;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    LabelDesk(RecentClassifications recent, LabelSink sink, Clock clock) {
        this.recent = recent;
        this.sink = sink;
        this.clock = clock;
    }

    /** What was asked for; the body as it came. */
    private record Request(String alertId, Truth verdict, String labeller) {}

    /** Answers a POST. */
    void serve(HttpExchange exchange) throws IOException {
        if (!isFromThePage(exchange)) {
            refuse(exchange, FORBIDDEN, "labels are taken from the page itself alone, with the header " + HEADER);
            return;
        }
        String type = String.valueOf(header(exchange, "Content-Type")).toLowerCase(Locale.ROOT);
        if (!type.equals("application/json") && !type.startsWith("application/json;")) {
            refuse(exchange, WRONG_TYPE, "a label is application/json");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            refuse(exchange, TOO_LARGE, "a label has " + MAX_BYTES + " bytes at most");
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
            refuse(exchange, NOT_FOUND, "alert " + request.alertId() + " is not among the newest; label it by command");
        } else if (!places.tryAcquire()) {
            refuse(exchange, TOO_MANY, "others label at this moment; try again");
        } else {
            try {
                sink.put(label(request, record.get()));
                Answer.json(
                        exchange,
                        CREATED,
                        LiveJson.object()
                                .put("alertId", request.alertId())
                                .put("verdict", request.verdict().name()));
            } catch (IOException failure) {
                LOG.warn("A label from the page is not stored", failure);
                refuse(exchange, UNAVAILABLE, "the label is not stored: " + failure.getMessage());
            } finally {
                places.release();
            }
        }
    }

    private Label label(Request request, LiveRecord record) {
        return new Label(
                request.alertId(),
                record.judged().alert().objectId().orElse(null),
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
            throw new IllegalArgumentException("the body is no JSON", broken);
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
     * Browsers say where a request comes from, in {@code Sec-Fetch-Site} or {@code Origin}. On a loopback address the host
     * must be named as one too: another name that leads here is that of a site which has been made to (DNS rebinding).
     */
    private static boolean isFromThePage(HttpExchange exchange) {
        String site = header(exchange, "Sec-Fetch-Site");
        String origin = header(exchange, "Origin");
        String host = String.valueOf(header(exchange, "Host"));
        boolean sameSite = site == null
                ? origin == null || origin.replaceFirst("^https?://", "").equals(host)
                : site.equals("same-origin");
        boolean namedRight = !exchange.getLocalAddress().getAddress().isLoopbackAddress() || isLoopback(host);
        return header(exchange, HEADER) != null && sameSite && namedRight;
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

    private static void refuse(HttpExchange exchange, int status, String words) throws IOException {
        Answer.json(exchange, status, LiveJson.problem(words));
    }
}
