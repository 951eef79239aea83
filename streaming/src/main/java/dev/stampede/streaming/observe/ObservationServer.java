package dev.stampede.streaming.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.stamps.terminal.CommandFailure;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers {@code /metrics}, {@code /healthz} and {@code /readyz} in words and figures, and the routes it is given. */
public final class ObservationServer implements AutoCloseable {
    /** More than the live page may hold, so that metrics and health are always answered. */
    private static final int THREADS = 20;

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService executor;

    private ObservationServer(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /**
     * Serves on {@code port} of the loopback address, else as the other {@code start} does.
     *
     * @throws CommandFailure if the port cannot be had
     */
    public static ObservationServer start(
            int port,
            CollectorRegistry metrics,
            Supplier<List<Condition>> live,
            Supplier<List<Condition>> ready,
            List<Route> routes) {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), metrics, live, ready, routes);
    }

    /**
     * Serves on {@code address}, or on a free port where its own is 0.
     *
     * @param routes what else it answers
     * @throws CommandFailure if the port cannot be had
     */
    public static ObservationServer start(
            InetSocketAddress address,
            CollectorRegistry metrics,
            Supplier<List<Condition>> live,
            Supplier<List<Condition>> ready,
            List<Route> routes) {
        HttpServer server = bind(address);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "observation");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        add(server, Route.exact("/metrics", exchange -> metrics(exchange, metrics)));
        add(server, Route.exact("/healthz", exchange -> answer(exchange, "alive", live.get())));
        add(server, Route.exact("/readyz", exchange -> answer(exchange, "ready", ready.get())));
        routes.forEach(route -> add(server, route));
        server.start();
        return new ObservationServer(server, executor);
    }

    private static HttpServer bind(InetSocketAddress address) {
        if (address.isUnresolved()) {
            throw CommandFailure.failed("Cannot serve HTTP on " + address.getHostString() + ": there is no such host");
        }
        try {
            return HttpServer.create(address, 0);
        } catch (IOException e) {
            throw CommandFailure.failed("Cannot serve HTTP on " + address.getHostString() + " port " + address.getPort()
                    + ": " + e.getMessage() + "; choose another port");
        }
    }

    private static void add(HttpServer server, Route route) {
        server.createContext(route.path(), route);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void metrics(HttpExchange exchange, CollectorRegistry metrics) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, metrics.metricFamilySamples());
        Answer.send(exchange, OK, TextFormat.CONTENT_TYPE_004, text.toString().getBytes(UTF_8));
    }

    private static void answer(HttpExchange exchange, String claim, List<Condition> conditions) throws IOException {
        boolean holds = conditions.stream().allMatch(Condition::holds);
        ObjectNode body = MAPPER.createObjectNode().put(claim, holds);
        ArrayNode wrong = body.putArray("wrong");
        for (Condition condition : conditions) {
            body.put(condition.name(), condition.words());
            if (!condition.holds()) {
                wrong.add(condition.name());
            }
        }
        Answer.json(exchange, holds ? OK : UNAVAILABLE, body);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
