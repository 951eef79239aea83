package dev.stampede.streaming.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/**
 * What answers a path.
 *
 * @param method the one that it answers, such as GET
 * @param isPrefix whether it also answers what lies below the path
 */
public record Route(String method, String path, boolean isPrefix, HttpHandler handler) implements HttpHandler {
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private static final String GET = "GET";

    /** Answers a GET of {@code path} and of nothing below it. */
    public static Route exact(String path, HttpHandler handler) {
        return new Route(GET, path, false, handler);
    }

    /** Answers a GET of everything that begins with {@code path}. */
    public static Route below(String path, HttpHandler handler) {
        return new Route(GET, path, true, handler);
    }

    /** Answers a POST to {@code path} and to nothing below it. */
    public static Route post(String path, HttpHandler handler) {
        return new Route("POST", path, false, handler);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!isPrefix && !exchange.getRequestURI().getPath().equals(path)) {
            Answer.text(exchange, NOT_FOUND, "nothing here\n");
        } else if (!exchange.getRequestMethod().equals(method)) {
            Answer.text(exchange, METHOD_NOT_ALLOWED, "only " + method + "\n");
        } else {
            handler.handle(exchange);
        }
    }
}
