package dev.stampede.streaming.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The secret that whoever asks over HTTP must show. Thread-safe. */
public final class Token {
    /** Of base64 these are 96 bits, which nobody guesses over a network. */
    private static final int LEAST_CHARACTERS = 16;

    private static final int MOST_BYTES = 4096;
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final byte[] secret;

    private Token(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Reads it from {@code file}, whose blank ends do not count.
     *
     * @throws CommandFailure if there is no such file, or what it holds is too short or cannot go into a header
     */
    public static Token read(Path file) {
        String text;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unfit(file);
            }
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw CommandFailure.usage("Cannot read the token of HTTP in " + file + ": " + e);
        }
        if (text.length() < LEAST_CHARACTERS
                || !text.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw unfit(file);
        }
        return new Token(text.getBytes(UTF_8));
    }

    private static CommandFailure unfit(Path file) {
        return CommandFailure.usage("The token of HTTP in " + file + " must be " + LEAST_CHARACTERS + " to "
                + MOST_BYTES + " visible ASCII characters, such as of: openssl rand -base64 32");
    }

    /** Whether the request shows it: as a bearer token, or as the password of any user, as browsers do. */
    boolean isShownBy(HttpExchange exchange) {
        return isShownBy(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private boolean isShownBy(@Nullable String authorization) {
        if (authorization == null) {
            return false;
        }
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return isSecret(authorization.substring(BEARER.length()).strip());
        }
        return authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
                && isSecret(password(authorization.substring(BASIC.length()).strip()));
    }

    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return ""; // which no token is
        }
    }

    /** In a time that does not tell how much of it is right. */
    private boolean isSecret(String shown) {
        return MessageDigest.isEqual(secret, shown.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
