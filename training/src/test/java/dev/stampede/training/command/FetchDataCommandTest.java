package dev.stampede.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchDataCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void downloadsTheFilesThatTrainingReads() throws IOException {
        Path served = Blobs.write(Files.createDirectory(folder.resolve("served")), 20, 10, 1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mirror/", exchange -> {
            try (exchange) {
                byte[] content = Files.readAllBytes(
                        served.resolve(exchange.getRequestURI().getPath().substring("/mirror/".length())));
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        });
        server.start();
        try {
            Path out = folder.resolve("fetched");
            CommandCall call =
                    fetch(out, "http://localhost:" + server.getAddress().getPort() + "/mirror");
            assertThat(call.exitCode()).as(call.err()).isZero();
            assertThat(call.out()).contains("stamps_sources.npy ", " 20 stamps, SHA-256 ", " 10 stamps, SHA-256 ");
            assertThat(call.err()).contains("stamps_noise.npy", "MB");
            assertThat(DataFolder.read(out).fingerprint())
                    .isEqualTo(DataFolder.read(served).fingerprint());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void reportsInvalidOptionsAndUnreachableServers() throws IOException {
        CommandCall closed = fetch(folder.resolve("out"), "http://localhost:1/");
        assertThat(closed.exitCode()).isEqualTo(1);
        assertThat(closed.err()).contains("Cannot download http://localhost:1/").doesNotContain("\tat ");
        assertThat(fetch(folder, "no address").exitCode()).isEqualTo(2);
        assertThat(fetch(folder, "somewhere").err()).contains("--from is 'somewhere'");
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
        assertThat(fetch(blocked, "http://localhost:1/").err()).contains("Cannot write to");
    }

    private static CommandCall fetch(Path out, String mirror) {
        return CommandCall.of("fetch-data", "--out", out.toString(), "--from", mirror);
    }
}
