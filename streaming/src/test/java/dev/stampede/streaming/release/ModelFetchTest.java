package dev.stampede.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.monitor.ReleaseFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFetchTest {
    private final byte[] model = TinyModel.standard().bytes();
    private final ModelFetch fetch = new ModelFetch(1 << 20, Duration.ofSeconds(20));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

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

    private ModelRelease at(String path, HttpHandler handler) {
        server.createContext(path, handler);
        return at("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static ModelRelease at(String location) {
        ModelRelease release = ReleaseRecords.release(TinyModel.standard(), ReleaseRole.LIVE);
        ReleaseRecords.set(release, "content", null);
        ReleaseRecords.set(release, "location", location);
        return release;
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, 0); // chunked: nothing says how much comes
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void assertRefused(ModelRelease release, ReleaseFault fault, String description) {
        assertThatExceptionOfType(RefusedReleaseException.class)
                .isThrownBy(() -> fetch.fetch(release))
                .withMessageContaining(description)
                .returns(fault, RefusedReleaseException::fault);
    }

    @Test
    void fetchesTheFileFromTheRecordAPathOrOverHttp(@TempDir Path folder) throws Exception {
        ModelRelease embedded = ReleaseRecords.release(TinyModel.standard(), ReleaseRole.LIVE);
        assertThat(fetch.fetch(embedded).bytes()).isEqualTo(model);
        assertThat(fetch.fetch(embedded).bytes()).as("twice").isEqualTo(model);
        Path path = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        assertThat(fetch.fetch(at(path.toString())).bytes()).isEqualTo(model);
        assertThat(fetch.fetch(at("/good", exchange -> answer(exchange, 200, model)))
                        .bytes())
                .isEqualTo(model);
    }

    @Test
    void stopsAtTheFirstByteTooMany() {
        ModelRelease endless = at("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 16];
            while (over.getCount() > 0) {
                exchange.getResponseBody().write(block); // until the reader hangs up
            }
        });
        assertRefused(endless, ReleaseFault.WRONG_CONTENT, "more than " + model.length + " bytes");
    }

    @Test
    void aServerThatIsAwayOrDoesNotHaveItIsUnavailable() throws IOException {
        assertRefused(
                at("/gone", exchange -> answer(exchange, 404, new byte[0])), ReleaseFault.UNAVAILABLE, "HTTP 404");
        server.stop(0);
        String refused = "http://127.0.0.1:" + server.getAddress().getPort() + "/gone";
        assertRefused(at(refused), ReleaseFault.UNAVAILABLE, "Cannot download http://127.0.0.1");
        assertRefused(at("http://not a host/"), ReleaseFault.UNAVAILABLE, "it is not an HTTP URL");
        assertRefused(at("\0"), ReleaseFault.UNAVAILABLE, "it is not a path");
    }

    @Test
    void aBodyThatStallsIsUnavailableInTime() {
        ModelFetch impatient = new ModelFetch(1 << 20, Duration.ofMillis(300));
        ModelRelease stalling = at("/stalling", exchange -> {
            exchange.sendResponseHeaders(200, model.length);
            exchange.getResponseBody().write(model, 0, 10);
            exchange.getResponseBody().flush();
            try {
                over.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThatExceptionOfType(RefusedReleaseException.class)
                .isThrownBy(() -> impatient.fetch(stalling))
                .withMessageContaining("no response within 300 ms")
                .returns(ReleaseFault.UNAVAILABLE, RefusedReleaseException::fault)
                .matches(RefusedReleaseException::isTransient);
    }

    @Test
    void aDownloadOfNothingKnownIsBoundedToo() {
        server.createContext("/large", exchange -> answer(exchange, 200, new byte[2000]));
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/large";
        assertThatIOException().isThrownBy(() -> fetch.download(url, 1999)).withMessageContaining("more than 1999");
    }
}
