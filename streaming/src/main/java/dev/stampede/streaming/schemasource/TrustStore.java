package dev.stampede.streaming.schemasource;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that a registry's own must be signed by, from a keystore file of the JDK (PKCS12 or JKS). */
public final class TrustStore {
    private TrustStore() {}

    /**
     * TLS that trusts the certificates in {@code file} and no others.
     *
     * @throws IllegalArgumentException if the file cannot be read with that password, or holds no certificate
     */
    public static SSLContext open(Path file, String password) {
        try {
            KeyStore certificates = KeyStore.getInstance(file.toFile(), password.toCharArray());
            if (certificates.size() == 0) {
                throw new IllegalArgumentException(file + " holds no certificate");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(certificates);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read as a keystore with the password given: " + e.getMessage(), e);
        }
    }
}
