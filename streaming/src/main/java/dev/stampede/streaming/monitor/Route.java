package dev.stampede.streaming.monitor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/**
 * The handler of a path.
 *
 * @param method its only HTTP method, such as GET; with GET also HEAD, whose response has no body
 * @param isPrefix whether it also handles paths below
 */
public record Route(String method, String path, boolean isPrefix, HttpHandler handler) implements HttpHandler {
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private static final String GET = "GET";

    /** Handles a GET of exactly {@code path}. */
    public static Route exact(String path, HttpHandler handler) {
        return new Route(GET, path, false, handler);
    }

    /** Handles a GET of every path that begins with {@code path}. */
    public static Route below(String path, HttpHandler handler) {
        return new Route(GET, path, true, handler);
    }

    /** Handles a POST to exactly {@code path}. */
    public static Route post(String path, HttpHandler handler) {
        return new Route("POST", path, false, handler);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!isPrefix && !exchange.getRequestURI().getPath().equals(path)) {
            HttpResponses.text(exchange, NOT_FOUND, "not found\n");
        } else if (!exchange.getRequestMethod().equals(method)
                && !(method.equals(GET) && HttpResponses.isHead(exchange))) {
            HttpResponses.text(exchange, METHOD_NOT_ALLOWED, "method not allowed; use " + method + "\n");
        } else {
            handler.handle(exchange);
        }
    }
}
