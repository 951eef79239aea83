package dev.stampede.stamps.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.stamps.file.DownloadException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class HttpDownloadTest {
    private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.UTF_8);
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final HttpDownload download = HttpDownload.withTimeout(Duration.ofSeconds(20));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopServer() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String serve(HttpHandler handler) {
        server.createContext("/file", handler);
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/file";
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, 0); // chunked: the length is not announced
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void assertFails(Reason reason, String detail, ThrowingCallable call) {
        assertThatExceptionOfType(DownloadException.class)
                .isThrownBy(call)
                .withMessageContaining(detail)
                .returns(reason, DownloadException::reason);
    }

    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, CONTENT.length);
        exchange.getResponseBody().write(CONTENT, 0, 4);
        exchange.getResponseBody().flush();
        try {
            over.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void readsABodyIntoMemory() throws IOException {
        assertThat(download.bytes(serve(exchange -> respond(exchange, 200, CONTENT)), CONTENT.length))
                .isEqualTo(CONTENT);
    }

    @Test
    void stopsAtTheFirstByteAboveTheLimit() {
        String endless = serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 16];
            while (over.getCount() > 0) {
                exchange.getResponseBody().write(block); // until the client closes the connection
            }
        });
        assertFails(Reason.TOO_LARGE, "more than 9 bytes", () -> download.bytes(endless, 9));
        Path target = folder.resolve("a");
        assertFails(Reason.TOO_LARGE, "more than 9 bytes", () -> download.toFile(endless, target, 9, (a, b) -> {}));
        assertThat(target).doesNotExist();
    }

    @Test
    void namesTheAddressAndTheStatus() {
        String gone = serve(exchange -> respond(exchange, 404, CONTENT));
        String message = "Cannot download " + gone + ": the server responded with HTTP 404.";
        assertFails(Reason.STATUS, message, () -> download.bytes(gone, 1));
        assertFails(Reason.STATUS, message, () -> download.toFile(gone, folder.resolve("a"), 1, (a, b) -> {}));
    }

    @Test
    void returnsAResponseOfAnyStatus() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(serve(exchange -> respond(exchange, 404, CONTENT))))
                .build();
        assertThat(download.response(request, CONTENT.length).body()).isEqualTo(CONTENT);
        assertFails(Reason.TOO_LARGE, "more than 9 bytes", () -> download.response(request, 9));
    }

    @Test
    void namesAnAddressThatIsNotHttpOrCannotBeReached() {
        String refused = serve(exchange -> {});
        server.stop(0);
        assertFails(Reason.UNREACHABLE, refused, () -> download.bytes(refused, 1));
        for (String address : List.of("http://not a host/", "file:///etc/passwd", "")) {
            assertFails(Reason.INVALID_ADDRESS, address, () -> download.bytes(address, 1));
        }
    }

    @Test
    void endsABodyThatStalls() {
        HttpDownload brief = HttpDownload.withTimeout(Duration.ofMillis(300));
        assertFails(Reason.TIMEOUT, "no response within 300 ms", () -> brief.bytes(serve(this::stall), NO_LIMIT));
    }

    @Test
    void writesAFileAndReportsProgress() throws IOException {
        Path target = folder.resolve("a");
        List<Long> progress = new ArrayList<>();
        String address = serve(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        download.toFile(address, target, CONTENT.length, (done, total) -> {
            assertThat(total).isEqualTo(OptionalLong.of(CONTENT.length));
            progress.add(done);
        });
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(progress).endsWith((long) CONTENT.length);
        assertThat(folder.resolve("a.part")).doesNotExist();
    }

    @Test
    void resumesWhereTheServerSupportsRanges() throws IOException {
        Path target = folder.resolve("a");
        Files.write(folder.resolve("a.part"), new byte[] {CONTENT[0], CONTENT[1], CONTENT[2]});
        String address = serve(exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Range")).isEqualTo("bytes=3-");
            exchange.sendResponseHeaders(206, CONTENT.length - 3);
            exchange.getResponseBody().write(CONTENT, 3, CONTENT.length - 3);
            exchange.close();
        });
        download.toFile(address, target, NO_LIMIT, (done, total) -> {});
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void startsAgainIfTheServerIgnoresTheRangeOrThePartIsTooLong() throws IOException {
        Path target = folder.resolve("a");
        Files.write(folder.resolve("a.part"), "other content that is longer".getBytes(StandardCharsets.UTF_8));
        download.toFile(
                serve(exchange -> {
                    boolean range = exchange.getRequestHeaders().containsKey("Range");
                    respond(exchange, range ? 416 : 200, range ? new byte[0] : CONTENT);
                }),
                target,
                NO_LIMIT,
                (done, total) -> {});
        assertThat(target).hasBinaryContent(CONTENT);
        Files.write(folder.resolve("a.part"), "other".getBytes(StandardCharsets.UTF_8));
        server.removeContext("/file");
        download.toFile(serve(exchange -> respond(exchange, 200, CONTENT)), target, NO_LIMIT, (done, total) -> {});
        assertThat(target).hasBinaryContent(CONTENT);
    }

    @Test
    void keepsAnIncompleteFileForTheNextCall() {
        String address = serve(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 4);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        Path target = folder.resolve("a");
        assertFails(Reason.INCOMPLETE, address, () -> download.toFile(address, target, NO_LIMIT, (done, total) -> {}));
        assertThat(target).doesNotExist();
        assertThat(folder.resolve("a.part")).hasBinaryContent("0123".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesAWebPageInsteadOfAFile() {
        String address = serve(exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            respond(exchange, 200, CONTENT);
        });
        Path target = folder.resolve("a");
        assertFails(Reason.WEB_PAGE, "a web page", () -> download.toFile(address, target, NO_LIMIT, (a, b) -> {}));
        assertThat(folder).isEmptyDirectory();
    }
}
