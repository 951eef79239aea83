package dev.stampede.streaming.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.stamps.terminal.CommandFailure;
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

/** Answers {@code /metrics}, {@code /healthz} and {@code /readyz} in words and figures, and the routes it is given. */
public final class ObservationServer implements AutoCloseable {
    /** More than the live page may hold, so that metrics and health are always answered. */
    private static final int THREADS = 20;

    private static final int OK = 200;

    /** A thread is held while a request comes in, so that takes seconds at most; without limits slow clients hold all. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "5", // seconds until a request is there
            "sun.net.httpserver.idleInterval", "30", // seconds that a connection is kept without one
            "sun.net.httpserver.maxIdleConnections", "50",
            "jdk.httpserver.maxConnections", "200",
            "sun.net.httpserver.maxReqHeaders", "50",
            "sun.net.httpserver.maxReqHeaderSize", "16384"); // bytes

    static {
        // The JDK's server reads them once, when its first instance is made; whoever sets them on the command line
        // wins.
        LIMITS.forEach((limit, value) -> {
            if (System.getProperty(limit) == null) {
                System.setProperty(limit, value);
            }
        });
    }

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
        return start(Endpoint.local(port), metrics, live, ready, routes);
    }

    /**
     * Serves on {@code endpoint}. Whoever does not show its token learns of health and readiness without the reasons, for
     * those who start and stop processes need no more, and of nothing else.
     *
     * @param routes what else it answers
     * @throws CommandFailure if the port cannot be had
     */
    public static ObservationServer start(
            Endpoint endpoint,
            CollectorRegistry metrics,
            Supplier<List<Condition>> live,
            Supplier<List<Condition>> ready,
            List<Route> routes) {
        HttpServer server = bind(endpoint.address());
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "observation");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(executor);
        Door door = new Door(endpoint.token());
        Door open = new Door(Optional.empty());
        add(server, Route.exact("/metrics", exchange -> metrics(exchange, metrics)), door);
        add(server, Route.exact("/healthz", new Health("alive", live, endpoint.token())), open);
        add(server, Route.exact("/readyz", new Health("ready", ready, endpoint.token())), open);
        routes.forEach(route -> add(server, route, door));
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

    private static void add(HttpServer server, Route route, Door door) {
        server.createContext(route.path(), route).getFilters().add(door);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void metrics(HttpExchange exchange, CollectorRegistry metrics) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, metrics.metricFamilySamples());
        Answer.send(exchange, OK, TextFormat.CONTENT_TYPE_004, text.toString().getBytes(UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
