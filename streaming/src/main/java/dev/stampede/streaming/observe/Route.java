package dev.stampede.streaming.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/**
 * What answers a GET of a path.
 *
 * @param isPrefix whether it also answers what lies below the path
 */
public record Route(String path, boolean isPrefix, HttpHandler handler) implements HttpHandler {
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    /** Answers {@code path} and nothing below it. */
    public static Route exact(String path, HttpHandler handler) {
        return new Route(path, false, handler);
    }

    /** Answers everything that begins with {@code path}. */
    public static Route below(String path, HttpHandler handler) {
        return new Route(path, true, handler);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!isPrefix && !exchange.getRequestURI().getPath().equals(path)) {
            Answer.text(exchange, NOT_FOUND, "nothing here\n");
        } else if (!exchange.getRequestMethod().equals("GET")) {
            Answer.text(exchange, METHOD_NOT_ALLOWED, "only GET\n");
        } else {
            handler.handle(exchange);
        }
    }
}
