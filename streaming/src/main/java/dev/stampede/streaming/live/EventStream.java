package dev.stampede.streaming.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.stampede.streaming.observe.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells a page what is new, by server-sent events (WHATWG HTML, section 9.2): each second the pulse and a few records,
 * whatever the stream's rate. Each page holds one thread of the server, so their number is bounded.
 */
final class EventStream {
    /** Pages that are served at once. */
    static final int PAGES = 12;

    /** Records in one event: more cannot be looked at in a second. */
    static final int AT_ONCE = 12;

    private static final long TICK_MILLIS = 1000;
    private static final int UNAVAILABLE = 503;

    private final RecentClassifications recent;
    private final Pulse pulse;
    private final Semaphore places = new Semaphore(PAGES);

    EventStream(RecentClassifications recent, Pulse pulse) {
        this.recent = recent;
        this.pulse = pulse;
    }

    /** Serves until the page goes away or the server stops. */
    void serve(HttpExchange exchange, LiveFilter filter) throws IOException {
        if (!places.tryAcquire()) {
            Answer.json(exchange, UNAVAILABLE, LiveJson.problem(PAGES + " pages are open already; close one"));
            return;
        }
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            run(exchange.getResponseBody(), filter);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void run(OutputStream out, LiveFilter filter) throws IOException, InterruptedException {
        long told = 0;
        write(out, "retry: 1000\n\n");
        while (!Thread.currentThread().isInterrupted()) {
            event(out, "pulse", pulse.now());
            List<LiveRecord> news = recent.newest(filter, told, told == 0 ? filter.most() : AT_ONCE);
            if (!news.isEmpty()) {
                told = news.get(0).sequence();
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
