package dev.stampede.streaming.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.stampede.streaming.monitor.HttpResponses;
import dev.stampede.streaming.monitor.Route;
import dev.stampede.streaming.monitor.StreamStatus;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The live page on {@code /} and its API. Close it before the model. */
public final class LivePage implements AutoCloseable {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private static final String CLASSIFICATIONS = "/api/classifications";
    private static final String MAP = "/map";

    private final RecentClassifications recent;
    private final LiveStats stats;
    private final LiveHistory history;
    private final EventStream events;
    private final OnDemandMaps maps;

    private final Optional<LabelEndpoint> labelEndpoint;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "live-history");
        thread.setDaemon(true);
        return thread;
    });

    private LivePage(AlertScorerFactory scoring, StreamStatus status, Optional<LabelSink> labels) {
        recent = new RecentClassifications(scoring.clock());
        stats = new LiveStats(scoring, status, recent);
        history = new LiveHistory(scoring.metrics(), scoring.clock());
        events = new EventStream(recent, stats);
        maps = new OnDemandMaps(scoring);
        labelEndpoint = labels.map(sink -> new LabelEndpoint(recent, sink, scoring.clock()));
    }

    /** A read-only page of the classifications of {@code scoring}. */
    public static LivePage of(AlertScorerFactory scoring, StreamStatus status) {
        return of(scoring, status, Optional.empty());
    }

    /** The same, which also takes labels if there is a sink for them. */
    public static LivePage of(AlertScorerFactory scoring, StreamStatus status, Optional<LabelSink> labels) {
        LivePage page = new LivePage(scoring, status, labels);
        scoring.addListener(page.recent);
        long step = LiveHistory.STEP.toMillis();
        var unused = page.timer.scheduleAtFixedRate(page.history::sample, step, step, TimeUnit.MILLISECONDS);
        return page;
    }

    /** The routes of the page and its API. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                asset("/", "index.html", "text/html; charset=utf-8"),
                asset("/live.css", "live.css", "text/css; charset=utf-8"),
                asset("/live.js", "live.js", "text/javascript; charset=utf-8"),
                asset("/chart.js", "chart.js", "text/javascript; charset=utf-8"),
                asset("/stamp.js", "stamp.js", "text/javascript; charset=utf-8"),
                asset("/icon.svg", "icon.svg", "image/svg+xml"),
                Route.exact("/api/now", exchange -> HttpResponses.json(exchange, OK, stats.now())),
                Route.exact("/api/history", exchange -> HttpResponses.json(exchange, OK, history.json())),
                Route.exact("/api/events", this::events),
                Route.exact(CLASSIFICATIONS, this::list),
                Route.below(CLASSIFICATIONS + "/", this::one)));
        labelEndpoint.ifPresent(open -> routes.add(Route.post("/api/labels", open::serve)));
        return routes;
    }

    private static Route asset(String path, String name, String type) {
        byte[] content = read(name);
        return Route.exact(path, exchange -> HttpResponses.send(exchange, OK, type, content));
    }

    private static byte[] read(String name) {
        try (InputStream content = LivePage.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException(name + " of the live page is missing from this build");
            }
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new IllegalStateException("cannot read " + name + " of the live page", failure);
        }
    }

    private static Optional<ClassificationFilter> filter(HttpExchange exchange) throws IOException {
        try {
            return Optional.of(
                    ClassificationFilter.parse(exchange.getRequestURI().getRawQuery()));
        } catch (IllegalArgumentException wrong) {
            HttpResponses.json(exchange, BAD_REQUEST, LiveJson.problem(String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        Optional<ClassificationFilter> filter = filter(exchange);
        if (filter.isPresent()) {
            events.serve(exchange, filter.get());
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        Optional<ClassificationFilter> filter = filter(exchange);
        if (filter.isPresent()) {
            List<LiveRecord> found = recent.newest(filter.get(), 0, filter.get().max());
            HttpResponses.json(exchange, OK, LiveJson.list(found, recent.surveys()));
        }
    }

    /** {@code /api/classifications/ID} or {@code /api/classifications/ID/map}; an id is percent-encoded. */
    private void one(HttpExchange exchange) throws IOException {
        String rest = exchange.getRequestURI().getRawPath().substring(CLASSIFICATIONS.length() + 1);
        boolean wantsMap = rest.endsWith(MAP);
        String id = decode(wantsMap ? rest.substring(0, rest.length() - MAP.length()) : rest);
        Optional<LiveRecord> record = recent.find(id);
        if (record.isEmpty()) {
            HttpResponses.json(
                    exchange,
                    NOT_FOUND,
                    LiveJson.problem("alert " + id + " is not among the newest; read it from the topic"));
        } else if (wantsMap) {
            map(exchange, record.get());
        } else {
            HttpResponses.json(exchange, OK, LiveJson.full(record.get()).put("takesLabels", labelEndpoint.isPresent()));
        }
    }

    private void map(HttpExchange exchange, LiveRecord record) throws IOException {
        try {
            Optional<ObjectNode> map = maps.map(record);
            if (map.isPresent()) {
                HttpResponses.json(exchange, OK, map.get());
            } else {
                HttpResponses.json(
                        exchange,
                        NOT_FOUND,
                        LiveJson.problem("no map: its stamp was not scored, or by a model that is no longer active"));
            }
        } catch (OnDemandMaps.BusyException busy) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            HttpResponses.json(
                    exchange, TOO_MANY, LiveJson.problem("another map is being computed; try again in a second"));
        }
    }

    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8); // in a path a plus is a plus
    }

    @Override
    public void close() {
        timer.shutdownNow();
        maps.close();
    }
}
