package dev.stampede.training.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.stamps.npy.NpyWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DataSetFetchTest {
    @TempDir
    Path folder = Path.of("");

    private HttpServer server;
    private byte[] content = {};
    private final List<String> ranges = new ArrayList<>();

    /** How the server responds. */
    private enum Response {
        COMPLETE,
        NO_RANGES,
        TRUNCATED,
        WEB_PAGE,
        FORBIDDEN
    }

    private Response response = Response.COMPLETE;

    @BeforeEach
    void serve() throws IOException {
        Path file = folder.resolve("served.npy");
        try (NpyWriter writer = NpyWriter.create(file, 21, 21)) {
            writer.write(new float[21 * 21 * 300], 0, 300);
        }
        content = Files.readAllBytes(file);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(String.valueOf(range));
            int from =
                    range == null || response == Response.NO_RANGES ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            if (response == Response.FORBIDDEN || from >= content.length) {
                exchange.sendResponseHeaders(response == Response.FORBIDDEN ? 403 : 416, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            response == Response.WEB_PAGE ? "text/html; charset=utf-8" : "application/octet-stream");
            exchange.sendResponseHeaders(from == 0 ? 200 : 206, content.length - from);
            int until = response == Response.TRUNCATED ? content.length / 2 : content.length;
            exchange.getResponseBody().write(content, from, until - from);
        }
    }

    @Test
    void listsSizeAndSha256OfTheFiles() throws IOException, NoSuchAlgorithmException {
        DataSetFetch.Fetched fetched = fetch();
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        assertThat(fetched.bytes()).isEqualTo(content.length);
        assertThat(fetched.stamps()).isEqualTo(300);
        assertThat(Files.readAllBytes(target())).isEqualTo(content);
        assertThat(Files.readString(folder.resolve("out/fetched.csv")))
                .contains("stamps_noise.npy," + content.length + "," + sha256 + ",300,http://");
        assertThat(part()).doesNotExist();
    }

    @Test
    void resumesAPartialDownload() throws IOException {
        response = Response.TRUNCATED;
        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(this::fetch)
                .withMessageContaining("Run the command again");
        assertThat(target()).doesNotExist();
        long present = Files.size(part());
        assertThat(present).isBetween(1L, content.length - 1L);
        response = Response.COMPLETE;
        fetch();
        assertThat(ranges).containsExactly("null", "bytes=" + present + "-");
        assertThat(Files.readAllBytes(target())).isEqualTo(content);
    }

    @Test
    void startsOverIfTheServerDoesNotSupportRanges() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.write(part(), new byte[1000]);
        response = Response.NO_RANGES;
        fetch();
        assertThat(Files.readAllBytes(target())).isEqualTo(content);
    }

    @Test
    void startsOverIfThePartialFileIsTooLong() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Files.write(part(), new byte[content.length + 5]);
        fetch();
        assertThat(Files.readAllBytes(target())).isEqualTo(content);
    }

    @Test
    void keepsACompleteFile() throws IOException {
        fetch();
        fetch();
        assertThat(ranges).hasSize(1);
    }

    @Test
    void reportsAWebPageAndAnErrorStatus() {
        response = Response.WEB_PAGE;
        assertFails("the server sent a web page instead of the file");
        response = Response.FORBIDDEN;
        assertFails("the server responded with HTTP 403");
        assertThat(target()).doesNotExist();
    }

    @Test
    void reportsAnUnreachableServer() {
        server.stop(0);
        assertFails("Cannot download http://localhost");
        assertFails("stamps_noise.npy");
    }

    @Test
    void renamesAFileWithoutStamps() {
        content = Arrays.copyOf(content, 5000);
        assertFails("is not a file of stamps and was renamed to stamps_noise.npy.rejected");
        assertThat(target()).doesNotExist();
        assertThat(folder.resolve("out/stamps_noise.npy.rejected")).exists();
    }

    @Test
    void thePublishedFilesHaveTheirTrueNames() {
        assertThat(PublishedSet.items())
                .extracting(PublishedSet.Item::name)
                .containsExactly("stamps_sources.npy", "stamps_noise.npy");
        assertThat(PublishedSet.items().get(0).address().toString()).endsWith("=1cZaMCA0z_nPX6GB_meLGouwOidEROcwc");
        assertThat(PublishedSet.items().get(1).address().toString()).endsWith("=1UT2BCf-IDUEpvTmcU4bq6nDcY3Ayw5vJ");
    }

    private void assertFails(String reason) {
        assertThatExceptionOfType(FetchException.class).isThrownBy(this::fetch).withMessageContaining(reason);
    }

    private DataSetFetch.Fetched fetch() throws IOException {
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/stamps_noise.npy");
        return DataSetFetch.into(
                        folder.resolve("out"),
                        List.of(new PublishedSet.Item("stamps_noise.npy", address)),
                        (name, done, total) -> assertThat(done).isLessThanOrEqualTo(total))
                .get(0);
    }

    private Path target() {
        return folder.resolve("out/stamps_noise.npy");
    }

    private Path part() {
        return folder.resolve("out/stamps_noise.npy.part");
    }
}
