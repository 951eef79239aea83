package dev.stampede.streaming.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.stampede.stamps.ExternalProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind https with a certificate that it signed itself. */
@Tag("slow")
class RegistryTlsTest {
    private static final String PASSWORD = "a-password";

    @TempDir
    private Path folder;

    private Path store;
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        store = folder.resolve("own.p12");
        keytool("-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost");
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            byte[] body = "{\"schema\": \"\\\"int\\\"\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        ExternalProgram.run(command).succeeded();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private RegistrySettings settings() {
        URI url = URI.create("https://localhost:" + server.getAddress().getPort());
        return RegistrySettings.of(List.of(url)).withTimeouts(Duration.ofSeconds(10), Duration.ZERO);
    }

    @Test
    void trustsTheCertificatesItIsGiven() {
        SchemaRegistry registry = new SchemaRegistry(settings().withTruststore(store, PASSWORD));
        assertThat(registry.find(new SchemaId.Numbered(7))
                        .orElseThrow()
                        .getType()
                        .getName())
                .isEqualTo("int");
    }

    @Test
    void takesAnUntrustedCertificateAsAnOutage() {
        SchemaRegistry registry = new SchemaRegistry(settings());
        assertThatExceptionOfType(SchemasUnavailableException.class)
                .isThrownBy(() -> registry.find(new SchemaId.Numbered(7)));
        assertThat(registry.outage().orElseThrow()).contains("certificate is not trusted");
    }

    @Test
    void rejectsATruststoreThatCannotBeRead() throws IOException {
        RegistrySettings settings = settings();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTruststore(store, "another"))
                .withMessageContaining("own.p12");
        Path none = Files.writeString(folder.resolve("none.p12"), "no keystore");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withTruststore(none, PASSWORD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.withTruststore(folder.resolve("absent.p12"), PASSWORD));
    }
}
