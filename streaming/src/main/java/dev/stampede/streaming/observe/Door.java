package dev.stampede.streaming.observe;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;

/**
 * Lets requests in to one route: those that show the token, where there is one, and whose body is not too large. What a
 * route does with the rest is its own business.
 */
final class Door extends Filter {
    /** Of a method that sends something; a GET has no body. */
    static final long MOST_BODY_BYTES = 64 << 10;

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_LARGE = 413;

    private final Optional<Token> token;

    /** @param token what requests must show; empty where anybody may ask */
    Door(Optional<Token> token) {
        this.token = token;
    }

    @Override
    public String description() {
        return "the token and the size of the body";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String length = headers.getFirst("Content-Length"); // a number: the server has refused all others
        long most = exchange.getRequestMethod().equals("GET") ? 0 : MOST_BODY_BYTES;
        if (token.isPresent() && !token.get().isShownBy(exchange)) {
            // A browser asks its user then: any name, and the token for a password.
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"Stampede\", charset=\"UTF-8\"");
            refuse(exchange, UNAUTHORIZED, "show the token: Authorization: Bearer TOKEN, or as a password\n");
        } else if (headers.containsKey("Transfer-Encoding")) {
            refuse(exchange, BAD_REQUEST, "a body must tell its length\n");
        } else if (length != null && Long.parseLong(length) > most) {
            refuse(exchange, TOO_LARGE, "a body of " + most + " bytes at most\n");
        } else {
            chain.doFilter(exchange);
        }
    }

    /** Also closes the connection: what was not let in is not read. */
    private static void refuse(HttpExchange exchange, int status, String words) throws IOException {
        exchange.getResponseHeaders().set("Connection", "close");
        Answer.text(exchange, status, words);
    }
}
