package dev.stampede.streaming.monitor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.streaming.settings.InvalidSettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered over HTTP, and what is refused; spoken by hand, as no well-behaved client would. */
class HttpAccessTest {
    private static final String SECRET = "0123456789abcdef+/=";

    @TempDir
    private Path folder;

    private final StreamMetrics metrics = new StreamMetrics();
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        BearerToken token = BearerToken.read(Files.writeString(folder.resolve("token"), SECRET + "\n"));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = AdminServer.start(
                new HttpEndpoint(address, Optional.of(token)),
                metrics.registry(),
                () -> List.of(new HealthCheck("stream", true, "internal detail")),
                () -> List.of(new HealthCheck("model", false, "internal detail")),
                List.of(
                        Route.exact("/", exchange -> HttpResponses.text(exchange, 200, "the page")),
                        Route.below("/api/", exchange -> HttpResponses.text(exchange, 200, "of the api"))));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.shutdownOutput(); // or the server waits for a body that was announced
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private String ask(String method, String path, String... headers) throws IOException {
        StringBuilder request =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return send(request.append("\r\n").toString());
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics", "/api/classifications"})
    void answersOnlyWhoShowsTheToken(String path) throws IOException {
        assertThat(ask("GET", path))
                .startsWith("HTTP/1.1 401 ")
                .containsIgnoringCase("WWW-Authenticate: Basic")
                .doesNotContain("the page", "stampede_");
        assertThat(ask("GET", path, bearer(SECRET))).startsWith("HTTP/1.1 200 ");
        assertThat(ask("GET", path, bearer(SECRET.substring(1)))).startsWith("HTTP/1.1 401 ");
        assertThat(ask("GET", path, bearer(""))).startsWith("HTTP/1.1 401 ");
    }

    /** What a browser sends once its user has typed the token for a password. */
    @Test
    void takesTheTokenForThePasswordOfAnyUser() throws IOException {
        for (String pair : List.of("me:" + SECRET, ":" + SECRET)) {
            String encoded = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
            assertThat(ask("GET", "/", "Authorization: Basic " + encoded)).startsWith("HTTP/1.1 200 ");
        }
        assertThat(ask("GET", "/", "Authorization: Basic " + SECRET)).startsWith("HTTP/1.1 401 ");
        assertThat(ask("GET", "/", "Authorization: Basic *")).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void tellsWhetherItLivesAndIsReadyToAnybodyButNotWhy() throws IOException {
        assertThat(ask("GET", "/healthz")).startsWith("HTTP/1.1 200 ").endsWith("{\"alive\":true}\n");
        assertThat(ask("GET", "/readyz")).startsWith("HTTP/1.1 503 ").endsWith("{\"ready\":false}\n");
        assertThat(ask("GET", "/readyz", bearer(SECRET))).contains("internal detail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "DELETE", "OPTIONS", "TRACE", "PATCH", "NONSENSE"})
    void answersNoMethodThatMayChangeSomething(String method) throws IOException {
        for (String path : List.of("/", "/metrics", "/healthz")) {
            assertThat(ask(method, path, bearer(SECRET))).startsWith("HTTP/1.1 405 ");
        }
    }

    @Test
    void takesNoBody() throws IOException {
        assertThat(ask("GET", "/healthz", "Content-Length: 1")).startsWith("HTTP/1.1 413 ");
        assertThat(ask("POST", "/", bearer(SECRET), "Content-Length: 99999999999"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(ask("GET", "/healthz", "Transfer-Encoding: chunked")).startsWith("HTTP/1.1 400 ");
        assertThat(ask("GET", "/healthz", "Content-Length: many")).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../etc/passwd",
                "/%2e%2e/etc/passwd",
                "/..%2fetc%2fpasswd",
                "/live.css/../../../etc/passwd",
                "//etc/passwd",
                "/%00",
                "/metrics/../healthz"
            })
    void knowsNoPathBeyondItsOwn(String path) throws IOException {
        assertThat(ask("GET", path, bearer(SECRET))).containsPattern("^HTTP/1.1 40[04] ");
    }

    @Test
    void refusesHeadersWithoutEnd() throws IOException {
        String long_ = "X-Long: " + "x".repeat(100_000);
        assertThat(refusal(long_)).doesNotContain(" 200 ");
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add("X-" + i + ": y");
        }
        assertThat(refusal(many.toArray(String[]::new))).doesNotContain(" 200 ");
    }

    /** The server may close the connection while it is still spoken to. */
    private String refusal(String... headers) {
        try {
            return ask("GET", "/healthz", headers);
        } catch (IOException closed) {
            return "";
        }
    }

    /** More of them than the server has threads. Whoever asks meanwhile may be sent away, and asks again, as probes do. */
    @Test
    void isHeldUpForSecondsOnlyByClientsThatNeverEndTheirRequest() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                slow.add(socket);
                socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nX-Slow: ".getBytes(US_ASCII));
            }
            String answer = "";
            for (int i = 0; i < 10 && answer.isEmpty(); i++) {
                answer = refusal();
            }
            assertThat(answer).startsWith("HTTP/1.1 200 ");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void knowsWhereWhoeverReachesTheMachineMayAsk() throws IOException {
        BearerToken token = BearerToken.read(folder.resolve("token"));
        assertThat(HttpEndpoint.local(1).isOpenToAll()).isFalse();
        InetSocketAddress every = new InetSocketAddress("0.0.0.0", 1);
        assertThat(new HttpEndpoint(every, Optional.empty()).isOpenToAll()).isTrue();
        assertThat(new HttpEndpoint(every, Optional.of(token)).isOpenToAll()).isFalse();
    }

    @ParameterizedTest(name = "a token of {0}")
    @ValueSource(strings = {"", "short", "with a space in between", "0123456789abcdefé"})
    void refusesATokenThatIsUnfitAndDoesNotEchoIt(String unfit) throws IOException {
        Path file = Files.writeString(folder.resolve("unfit"), unfit);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> BearerToken.read(file))
                .withMessageContaining(file.toString())
                .withMessageNotContaining(unfit.isEmpty() ? SECRET : unfit);
    }

    @Test
    void neverTellsTheToken() {
        assertThat(BearerToken.read(folder.resolve("token")).toString()).doesNotContain(SECRET);
    }
}
