package dev.stampede.streaming.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.stampede.streaming.monitor.HttpResponses;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Updates pages by server-sent events (WHATWG HTML, section 9.2): once per second statistics and a few records, at any rate
 * of the stream. Each page occupies one thread of the server, so their number is bounded.
 */
final class EventStream {
    /** Maximum number of open pages. */
    static final int MAX_PAGES = 12;

    /** Maximum records per event: more cannot be viewed in a second. */
    static final int MAX_RECORDS = 12;

    private static final long TICK_MILLIS = 1000;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String TYPE = "text/event-stream";

    private final RecentClassifications recent;
    private final LiveStats stats;
    private final Semaphore permits = new Semaphore(MAX_PAGES);

    EventStream(RecentClassifications recent, LiveStats stats) {
        this.recent = recent;
        this.stats = stats;
    }

    /** Serves until the page is closed or the server stops. */
    void serve(HttpExchange exchange, ClassificationFilter filter) throws IOException {
        if (HttpResponses.isHead(exchange)) {
            HttpResponses.send(exchange, OK, TYPE, new byte[0]);
            return;
        }
        if (!permits.tryAcquire()) {
            HttpResponses.json(
                    exchange, UNAVAILABLE, LiveJson.problem(MAX_PAGES + " pages are open already; close one"));
            return;
        }
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(OK, 0);
            run(exchange.getResponseBody(), filter);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            permits.release();
        }
    }

    private void run(OutputStream out, ClassificationFilter filter) throws IOException, InterruptedException {
        long lastSequence = 0;
        write(out, "retry: 1000\n\n");
        while (!Thread.currentThread().isInterrupted()) {
            event(out, "stats", stats.now());
            List<LiveRecord> news = recent.newest(filter, lastSequence, lastSequence == 0 ? filter.max() : MAX_RECORDS);
            if (!news.isEmpty()) {
                lastSequence = news.get(0).sequence();
                event(out, "classifications", LiveJson.list(news, recent.surveys()));
            }
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
    }

    private static void event(OutputStream out, String name, ObjectNode data) throws IOException {
        write(out, "event: " + name + "\ndata: " + data + "\n\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
