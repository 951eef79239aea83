package dev.stampede.training.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Fetches one file over HTTP. What has come so far is beside the target, under its name with {@value #PART}; a later
 * fetch asks for the rest only (RFC 9110, range requests), and starts again where the server cannot send a part.
 */
final class Download {
    /** The ending of a file that is not whole yet. */
    static final String PART = ".part";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /** Is told how far a file is. */
    @FunctionalInterface
    interface Listener {
        /** {@code done} bytes are here, of {@code total} where the server says how many there are. */
        void at(long done, OptionalLong total);
    }

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /**
     * Fetches {@code address} to {@code target}, which appears only when it is whole.
     *
     * @throws FetchException if the server cannot be reached, refuses, or sends less than it said, or the disk is full
     */
    void to(Path target, URI address, Listener listener) {
        Path part = target.resolveSibling(target.getFileName() + PART);
        try {
            long present = Files.exists(part) ? Files.size(part) : 0;
            HttpResponse<InputStream> response = ask(address, present);
            if (response.statusCode() == RANGE_NOT_SATISFIABLE) {
                // Longer than the file there, or as long: of which file is not known.
                Files.delete(part);
                response.body().close();
                response = ask(address, 0);
            }
            check(response, address);
            receive(response, part, response.statusCode() == PARTIAL_CONTENT ? present : 0, listener);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw failed(target, address, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FetchException("interrupted while fetching " + target.getFileName(), interrupted);
        }
    }

    private HttpResponse<InputStream> ask(URI address, long from) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(ANSWER_TIMEOUT);
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static void check(HttpResponse<InputStream> response, URI address) throws IOException {
        int status = response.statusCode();
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (status != OK && status != PARTIAL_CONTENT) {
            response.body().close();
            throw new FetchException(address + " answered with status " + status + "; try again later");
        }
        if (type.startsWith("text/html")) {
            response.body().close();
            throw new FetchException(
                    address + " answered with a page instead of the file, as it does when too many have"
                            + " fetched it; try again tomorrow, or fetch it with a browser");
        }
    }

    private static void receive(HttpResponse<InputStream> response, Path part, long present, Listener listener)
            throws IOException {
        OptionalLong length = response.headers().firstValueAsLong("Content-Length");
        OptionalLong total = length.isPresent() ? OptionalLong.of(present + length.getAsLong()) : length;
        StandardOpenOption how = present > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long done = present;
        try (InputStream from = response.body();
                OutputStream to =
                        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            byte[] buffer = new byte[1 << 16];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                done += count;
                listener.at(done, total);
            }
        }
        if (total.isPresent() && done != total.getAsLong()) {
            throw new IOException("it ended after " + done + " of " + total.getAsLong() + " bytes");
        }
    }

    private static FetchException failed(Path target, URI address, IOException failure) {
        boolean closed = failure instanceof ConnectException || failure instanceof HttpTimeoutException;
        String reason = closed
                ? "the network is closed, or " + address.getHost() + " cannot be reached from here"
                : String.valueOf(failure.getMessage());
        return new FetchException(
                "Cannot fetch " + target.getFileName() + ": " + reason
                        + ". Run the command again to go on from where it stopped.",
                failure);
    }
}
