package dev.stampede.streaming.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.stampede.streaming.observe.Answer;
import dev.stampede.streaming.observe.Condition;
import dev.stampede.streaming.observe.Route;
import dev.stampede.streaming.scoring.Scoring;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The page on {@code /} and what it asks for. Watches a stream from its making on; close it before the model. */
public final class LivePage implements AutoCloseable {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private static final String CLASSIFICATIONS = "/api/classifications";
    private static final String MAP = "/map";

    private final RecentClassifications recent;
    private final Pulse pulse;
    private final EventStream events;
    private final MapRoom maps;

    private final Optional<LabelDesk> desk;

    private LivePage(Scoring scoring, Supplier<List<Condition>> readiness, Optional<LabelSink> labels) {
        recent = new RecentClassifications(scoring.clock());
        pulse = new Pulse(scoring.metrics(), readiness, () -> scoring.model().identity(), scoring.clock());
        events = new EventStream(recent, pulse);
        maps = new MapRoom(scoring);
        desk = labels.map(sink -> new LabelDesk(recent, sink, scoring.clock()));
    }

    /** A page of what {@code scoring} judges, on which nothing can be changed. */
    public static LivePage of(Scoring scoring, Supplier<List<Condition>> readiness) {
        return of(scoring, readiness, Optional.empty());
    }

    /** The same, on which candidates can be labelled where there is a sink for that. */
    public static LivePage of(Scoring scoring, Supplier<List<Condition>> readiness, Optional<LabelSink> labels) {
        LivePage page = new LivePage(scoring, readiness, labels);
        scoring.show(page.recent);
        return page;
    }

    /** What the page asks for, by path. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                asset("/", "index.html", "text/html; charset=utf-8"),
                asset("/live.css", "live.css", "text/css; charset=utf-8"),
                asset("/live.js", "live.js", "text/javascript; charset=utf-8"),
                asset("/stamp.js", "stamp.js", "text/javascript; charset=utf-8"),
                asset("/icon.svg", "icon.svg", "image/svg+xml"),
                Route.exact("/api/now", exchange -> Answer.json(exchange, OK, pulse.now())),
                Route.exact("/api/events", this::events),
                Route.exact(CLASSIFICATIONS, this::list),
                Route.below(CLASSIFICATIONS + "/", this::one)));
        desk.ifPresent(open -> routes.add(Route.post("/api/labels", open::serve)));
        return routes;
    }

    private static Route asset(String path, String name, String type) {
        byte[] content = read(name);
        return Route.exact(path, exchange -> Answer.send(exchange, OK, type, content));
    }

    private static byte[] read(String name) {
        try (InputStream content = LivePage.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IllegalStateException("this build lacks " + name + " of the live page");
            }
            return content.readAllBytes();
        } catch (IOException failure) {
            throw new IllegalStateException("cannot read " + name + " of the live page", failure);
        }
    }

    private static Optional<LiveFilter> filter(HttpExchange exchange) throws IOException {
        try {
            return Optional.of(LiveFilter.parse(exchange.getRequestURI().getRawQuery()));
        } catch (IllegalArgumentException wrong) {
            Answer.json(exchange, BAD_REQUEST, LiveJson.problem(String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }

    private void events(HttpExchange exchange) throws IOException {
        Optional<LiveFilter> filter = filter(exchange);
        if (filter.isPresent()) {
            events.serve(exchange, filter.get());
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        Optional<LiveFilter> filter = filter(exchange);
        if (filter.isPresent()) {
            List<LiveRecord> found = recent.newest(filter.get(), 0, filter.get().most());
            Answer.json(exchange, OK, LiveJson.list(found, recent.surveys()));
        }
    }

    /** {@code /api/classifications/ID} or {@code /api/classifications/ID/map}; an id is percent-encoded. */
    private void one(HttpExchange exchange) throws IOException {
        String rest = exchange.getRequestURI().getRawPath().substring(CLASSIFICATIONS.length() + 1);
        boolean wantsMap = rest.endsWith(MAP);
        String id = decode(wantsMap ? rest.substring(0, rest.length() - MAP.length()) : rest);
        Optional<LiveRecord> record = recent.find(id);
        if (record.isEmpty()) {
            Answer.json(
                    exchange,
                    NOT_FOUND,
                    LiveJson.problem("alert " + id + " is not among the newest; its record is on the topic"));
        } else if (wantsMap) {
            map(exchange, record.get());
        } else {
            Answer.json(exchange, OK, LiveJson.full(record.get()).put("takesLabels", desk.isPresent()));
        }
    }

    private void map(HttpExchange exchange, LiveRecord record) throws IOException {
        try {
            Optional<ObjectNode> map = maps.map(record);
            if (map.isPresent()) {
                Answer.json(exchange, OK, map.get());
            } else {
                Answer.json(
                        exchange,
                        NOT_FOUND,
                        LiveJson.problem("it has no map: its stamp was not judged, or by a model that judges no more"));
            }
        } catch (MapRoom.BusyException busy) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            Answer.json(exchange, TOO_MANY, LiveJson.problem("another map is being made; ask again in a second"));
        }
    }

    private static String decode(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8); // in a path a plus is a plus
    }

    @Override
    public void close() {
        maps.close();
    }
}
