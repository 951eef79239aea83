package dev.stampede.streaming.schemasource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How to reach a schema registry.
 *
 * @param urls where it answers; several are tried in turn
 * @param authorization the value of the header of that name, where one is needed
 * @param trust whom TLS trusts; whom the JVM trusts where empty
 * @param timeout how long one request may take
 * @param patience how long requests are repeated before a stream is given up for its supervisor to restart
 */
public record RegistrySettings(
        List<URI> urls,
        Optional<String> authorization,
        Optional<SSLContext> trust,
        Duration timeout,
        Duration patience) {
    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a registry needs a URL");
        }
    }

    /** Never tells the credentials: settings are logged. */
    @Override
    public String toString() {
        return "RegistrySettings[" + urls + ", " + (authorization.isPresent() ? "with" : "without") + " credentials, "
                + timeout + ", " + patience + "]";
    }
}
