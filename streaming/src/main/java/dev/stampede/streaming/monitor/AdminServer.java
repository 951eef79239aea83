package dev.stampede.streaming.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.commandline.BuildInfo;
import dev.stampede.stamps.error.FailureReason;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The HTTP server: {@code /metrics}, {@code /healthz}, {@code /readyz} and further routes. */
public final class AdminServer implements AutoCloseable {
    /** More than the live page can occupy, so that metrics and health always respond. */
    private static final int THREADS = 20;

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * A request occupies a thread while it arrives: without limits, slow clients could occupy all of them. And without
     * {@code nodelay} an answer on a kept connection waits 40 ms for the client's acknowledgement of its head.
     */
    private static final Map<String, String> OPTIONS = Map.of(
            "sun.net.httpserver.nodelay", "true",
            "sun.net.httpserver.maxReqTime", "5", // seconds for a request to arrive
            "sun.net.httpserver.idleInterval", "30", // seconds that an idle connection is kept
            "sun.net.httpserver.maxIdleConnections", "50",
            "jdk.httpserver.maxConnections", "200",
            "sun.net.httpserver.maxReqHeaders", "50",
            "sun.net.httpserver.maxReqHeaderSize", "16384"); // bytes

    static {
        // The JDK's server reads them once, at its first instance. Values from the command line take precedence.
        OPTIONS.forEach((option, value) -> {
            if (System.getProperty(option) == null) {
                System.setProperty(option, value);
            }
        });
    }

    private final HttpServer server;
    private final ExecutorService executor;

    private AdminServer(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /**
     * Serves on {@code port} of the loopback address, without a token.
     *
     * @throws HttpServerException if the port is not available
     */
    public static AdminServer start(
            int port,
            CollectorRegistry metrics,
            Supplier<List<HealthCheck>> live,
            Supplier<List<HealthCheck>> ready,
            List<Route> routes) {
        return start(HttpEndpoint.local(port), metrics, live, ready, routes);
    }

    /**
     * Serves on {@code endpoint}. Requests without its token only get {@code /healthz} and {@code /readyz}, without the
     * reasons, which is enough for service managers.
     *
     * @param routes further routes
     * @throws HttpServerException if the port is not available
     */
    public static AdminServer start(
            HttpEndpoint endpoint,
            CollectorRegistry metrics,
            Supplier<List<HealthCheck>> live,
            Supplier<List<HealthCheck>> ready,
            List<Route> routes) {
        HttpServer server = bind(endpoint.address());
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "http");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        RequestFilter filter = new RequestFilter(endpoint.token());
        RequestFilter open = new RequestFilter(Optional.empty());
        add(server, Route.exact("/metrics", exchange -> metrics(exchange, metrics)), filter);
        add(server, Route.exact("/healthz", exchange -> health(exchange, "alive", live, endpoint)), open);
        add(server, Route.exact("/readyz", exchange -> health(exchange, "ready", ready, endpoint)), open);
        routes.forEach(route -> add(server, route, filter));
        server.start();
        return new AdminServer(server, executor);
    }

    private static HttpServer bind(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw new HttpServerException(
                    "Cannot serve HTTP on " + address.getHostString() + ": the host is unknown; check http.host");
        }
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new HttpServerException("Cannot serve HTTP on " + address.getHostString() + " port "
                    + address.getPort() + ": " + FailureReason.of(e));
        }
    }

    private static void add(HttpServer server, Route route, RequestFilter filter) {
        server.createContext(route.path(), route).getFilters().add(filter);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void metrics(HttpExchange exchange, CollectorRegistry metrics) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, metrics.metricFamilySamples());
        HttpResponses.send(
                exchange, OK, TextFormat.CONTENT_TYPE_004, text.toString().getBytes(UTF_8));
    }

    /** Whether all checks hold; the version and the descriptions only go to requests with the token. */
    private static void health(
            HttpExchange exchange, String claim, Supplier<List<HealthCheck>> checks, HttpEndpoint endpoint)
            throws IOException {
        List<HealthCheck> all = checks.get();
        boolean holds = all.stream().allMatch(HealthCheck::holds);
        ObjectNode body = MAPPER.createObjectNode().put(claim, holds);
        if (endpoint.token().isEmpty() || endpoint.token().get().isShownBy(exchange)) {
            body.put("version", BuildInfo.current().describe());
            ArrayNode wrong = body.putArray("wrong");
            for (HealthCheck check : all) {
                body.put(check.name(), check.description());
                if (!check.holds()) {
                    wrong.add(check.name());
                }
            }
        }
        HttpResponses.json(exchange, holds ? OK : UNAVAILABLE, body);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
