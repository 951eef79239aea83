package dev.stampede.streaming.registry;

import dev.stampede.stamps.error.FailureReason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a schema registry.
 *
 * @param urls the URLs of the registry, tried in order
 * @param authorization the value of the Authorization header; null without credentials
 * @param trust the TLS context; null for the default of the JVM
 * @param requestTimeout the timeout of one request
 * @param retryTimeout the maximum time to retry requests before the stream stops
 */
public record RegistrySettings(
        List<URI> urls,
        @Nullable String authorization,
        @Nullable SSLContext trust,
        Duration requestTimeout,
        Duration retryTimeout) {
    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a registry needs a URL");
        }
    }

    /** Settings without credentials, with the timeouts that are the defaults of a stream. */
    public static RegistrySettings of(List<URI> urls) {
        return new RegistrySettings(urls, null, null, Duration.ofSeconds(5), Duration.ofMinutes(1));
    }

    public RegistrySettings withAuthorization(String header) {
        return new RegistrySettings(urls, header, trust, requestTimeout, retryTimeout);
    }

    public RegistrySettings withTimeouts(Duration request, Duration retry) {
        return new RegistrySettings(urls, authorization, trust, request, retry);
    }

    /**
     * The same with TLS that trusts only the certificates in {@code truststore}, a PKCS12 or JKS file.
     *
     * @throws IllegalArgumentException if the file cannot be read with the password, or has no certificate
     */
    public RegistrySettings withTruststore(Path truststore, String password) {
        try {
            KeyStore certificates = KeyStore.getInstance(truststore.toFile(), password.toCharArray());
            if (certificates.size() == 0) {
                throw new IllegalArgumentException(truststore + " contains no certificate");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(certificates);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return new RegistrySettings(urls, authorization, context, requestTimeout, retryTimeout);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    truststore + " cannot be read as a keystore with the given password: " + FailureReason.of(e), e);
        }
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "RegistrySettings[" + urls + ", " + (authorization == null ? "without" : "with") + " credentials, "
                + requestTimeout + ", " + retryTimeout + "]";
    }
}
