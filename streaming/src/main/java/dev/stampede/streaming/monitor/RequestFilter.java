package dev.stampede.streaming.monitor;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;

/**
 * Rejects requests without the token, if one is required, and requests whose body is too large or of unknown length.
 */
final class RequestFilter extends Filter {
    /** Of a POST; no other method has a body. */
    static final long MAX_BODY_BYTES = 64 << 10;

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_LARGE = 413;

    private final Optional<BearerToken> token;

    /** @param token required of requests; empty if none is */
    RequestFilter(Optional<BearerToken> token) {
        this.token = token;
    }

    @Override
    public String description() {
        return "token and size of the body";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String length = headers.getFirst("Content-Length"); // a number: the server rejects all others
        long max = exchange.getRequestMethod().equals("POST") ? MAX_BODY_BYTES : 0;
        if (token.isPresent() && !token.get().isShownBy(exchange)) {
            // A browser then prompts for a user, which is ignored, and the token as the password.
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Stampede\", charset=\"UTF-8\"");
            refuse(exchange, UNAUTHORIZED, "token required: Authorization: Bearer TOKEN, or as a password\n");
        } else if (headers.containsKey("Transfer-Encoding")) {
            refuse(exchange, BAD_REQUEST, "Content-Length is required\n");
        } else if (length != null && Long.parseLong(length) > max) {
            refuse(exchange, TOO_LARGE, "the maximum size of a body is " + max + " bytes\n");
        } else {
            chain.doFilter(exchange);
        }
    }

    /** Also closes the connection, so that a rejected body is not read. */
    private static void refuse(HttpExchange exchange, int status, String description) throws IOException {
        exchange.getResponseHeaders().set("Connection", "close");
        HttpResponses.text(exchange, status, description);
    }
}
