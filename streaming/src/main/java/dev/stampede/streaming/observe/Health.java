package dev.stampede.streaming.observe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers whether some conditions hold, and in words why not; the words are for those who show the token, where there is
 * one.
 *
 * @param claim what holds where all conditions do
 */
record Health(String claim, Supplier<List<Condition>> conditions, Optional<Token> token) implements HttpHandler {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        List<Condition> all = conditions.get();
        boolean holds = all.stream().allMatch(Condition::holds);
        ObjectNode body = MAPPER.createObjectNode().put(claim, holds);
        if (token.isEmpty() || token.get().isShownBy(exchange)) {
            explain(all, body);
        }
        Answer.json(exchange, holds ? OK : UNAVAILABLE, body);
    }

    private static void explain(List<Condition> conditions, ObjectNode body) {
        ArrayNode wrong = body.putArray("wrong");
        for (Condition condition : conditions) {
            body.put(condition.name(), condition.words());
            if (!condition.holds()) {
                wrong.add(condition.name());
            }
        }
    }
}
