package dev.stampede.streaming.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The secret that HTTP requests must present. Thread-safe. */
public final class BearerToken {
    /** 96 bits in base64: too many to guess over a network. */
    private static final int MIN_CHARACTERS = 16;

    private static final int MAX_BYTES = 4096;
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final byte[] secret;

    private BearerToken(byte[] secret) {
        this.secret = secret;
    }

    /**
     * Reads the token from {@code file}, without leading and trailing white space.
     *
     * @throws InvalidSettingException if the file cannot be read, or the token is too short or not printable ASCII
     */
    public static BearerToken read(Path file) {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw invalid(file);
            }
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw new InvalidSettingException("Cannot read the HTTP token in " + file + ": " + FailureReason.of(e));
        }
        if (text.length() < MIN_CHARACTERS || !text.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw invalid(file);
        }
        return new BearerToken(text.getBytes(UTF_8));
    }

    private static InvalidSettingException invalid(Path file) {
        return new InvalidSettingException("The HTTP token in " + file + " must be " + MIN_CHARACTERS + " to "
                + MAX_BYTES + " visible ASCII characters, for example from: openssl rand -base64 32");
    }

    /** Whether a request presents it: as a bearer token, or as the password of any user, as browsers do. */
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
            return ""; // never equals a token
        }
    }

    /** Compares in constant time. */
    private boolean isSecret(String shown) {
        return MessageDigest.isEqual(secret, shown.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
