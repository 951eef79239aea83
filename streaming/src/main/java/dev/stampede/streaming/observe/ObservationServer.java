package dev.stampede.streaming.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.stamps.terminal.CommandFailure;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers {@code /metrics}, {@code /healthz} and {@code /readyz} in words and figures. */
public final class ObservationServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService executor;

    private ObservationServer(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /** Serves on the loopback address, else as the other {@code start} does. */
    public static ObservationServer start(
            int port, CollectorRegistry metrics, Supplier<List<Condition>> live, Supplier<List<Condition>> ready) {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), metrics, live, ready);
    }

    /**
     * Serves on {@code address}, or on a free port where its own is 0.
     *
     * @throws CommandFailure if the port cannot be had
     */
    public static ObservationServer start(
            InetSocketAddress address,
            CollectorRegistry metrics,
            Supplier<List<Condition>> live,
            Supplier<List<Condition>> ready) {
        if (address.isUnresolved()) {
            throw CommandFailure.failed("Cannot serve HTTP on " + address.getHostString() + ": there is no such host");
        }
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw CommandFailure.failed("Cannot serve HTTP on " + address.getHostString() + " port " + address.getPort()
                    + ": " + e.getMessage() + "; choose another port");
        }
        ExecutorService executor = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "observation");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        server.createContext("/", exchange -> answer(exchange, NOT_FOUND, "text/plain", "nothing here\n"));
        get(server, "/metrics", exchange -> answer(exchange, OK, TextFormat.CONTENT_TYPE_004, exposition(metrics)));
        get(server, "/healthz", exchange -> answer(exchange, "alive", live.get()));
        get(server, "/readyz", exchange -> answer(exchange, "ready", ready.get()));
        server.start();
        return new ObservationServer(server, executor);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void get(HttpServer server, String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                answer(exchange, NOT_FOUND, "text/plain", "nothing here\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                answer(exchange, METHOD_NOT_ALLOWED, "text/plain", "only GET\n");
            } else {
                handler.handle(exchange);
            }
        });
    }

    private static String exposition(CollectorRegistry metrics) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, metrics.metricFamilySamples());
        return text.toString();
    }

    private static void answer(HttpExchange exchange, String claim, List<Condition> conditions) throws IOException {
        boolean holds = conditions.stream().allMatch(Condition::holds);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(claim, holds);
        body.put(
                "wrong",
                conditions.stream()
                        .filter(condition -> !condition.holds())
                        .map(Condition::name)
                        .toList());
        conditions.forEach(condition -> body.put(condition.name(), condition.words()));
        answer(exchange, holds ? OK : UNAVAILABLE, JSON, MAPPER.writeValueAsString(body) + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
