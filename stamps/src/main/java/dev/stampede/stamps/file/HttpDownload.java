package dev.stampede.stamps.file;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.DownloadException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** HTTP GET requests with a limit on the size of the response and on the time it takes. Thread-safe. */
public final class HttpDownload {
    /** The suffix of a file that is not complete yet. */
    public static final String PART = ".part";

    private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HttpClient client;
    private final Duration timeout;

    /** Follows the progress of a download. */
    @FunctionalInterface
    public interface Progress {
        /** {@code done} bytes have arrived; {@code total} is empty if the server does not say it. */
        void at(long done, OptionalLong total);
    }

    /**
     * @param client sends the requests, with its own policy for redirects and certificates
     * @param timeout for a whole response in memory, for the headers of one that goes to a file
     */
    public HttpDownload(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    /** Downloads that follow redirects, except from HTTPS to HTTP. */
    public static HttpDownload withTimeout(Duration timeout) {
        return new HttpDownload(
                HttpClient.newBuilder()
                        .connectTimeout(timeout.compareTo(MAX_CONNECT_TIMEOUT) < 0 ? timeout : MAX_CONNECT_TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build(),
                timeout);
    }

    /** The body of a response with status 200. */
    public byte[] bytes(String address, long maxBytes) throws DownloadException {
        HttpRequest request = request(address).build();
        HttpResponse<byte[]> response = send(
                request,
                head -> head.statusCode() == OK
                        ? new BoundedBody(request.uri(), maxBytes)
                        : BodySubscribers.replacing(new byte[0]));
        if (response.statusCode() != OK) {
            throw status(request.uri(), response.statusCode());
        }
        return response.body();
    }

    /** The response of any status, with its body. */
    public HttpResponse<byte[]> response(HttpRequest request, long maxBytes) throws DownloadException {
        return send(request, head -> new BoundedBody(request.uri(), maxBytes));
    }

    /**
     * Downloads to {@code target}, which appears only when complete. An incomplete file stays under its name with {@value
     * #PART}; the next call requests only the rest (RFC 9110, range requests) if the server supports that.
     */
    public void toFile(String address, Path target, long maxBytes, Progress progress) throws DownloadException {
        URI uri = request(address).build().uri();
        Path part = target.resolveSibling(target.getFileName() + PART);
        try {
            long present = Files.exists(part) ? Files.size(part) : 0;
            HttpResponse<InputStream> response = open(uri, present);
            if (response.statusCode() == RANGE_NOT_SATISFIABLE) {
                // The partial file is as long as the file or longer, so it may belong to another one.
                response.body().close();
                Files.delete(part);
                response = open(uri, 0);
            }
            try (InputStream body = response.body()) {
                checkFile(uri, response);
                boolean resumed = response.statusCode() == PARTIAL_CONTENT;
                receive(uri, response, body, part, resumed ? present : 0, maxBytes, progress);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (DownloadException failure) {
            throw failure;
        } catch (IOException failure) {
            throw new DownloadException(
                    Reason.DISK, uri, "cannot write " + target + ": " + FailureReason.of(failure), failure);
        }
    }

    private HttpRequest.Builder request(String address) throws DownloadException {
        try {
            return HttpRequest.newBuilder(URI.create(address)).timeout(timeout);
        } catch (IllegalArgumentException e) {
            throw new DownloadException(Reason.INVALID_ADDRESS, address, "it is not an HTTP URL", e);
        }
    }

    private HttpResponse<InputStream> open(URI uri, long from) throws DownloadException {
        HttpRequest.Builder request = request(uri.toString());
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return send(request.build(), BodyHandlers.ofInputStream());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws DownloadException {
        URI uri = request.uri();
        // The timeout of a request covers the headers only; this one also covers a body that stalls.
        CompletableFuture<HttpResponse<T>> response = client.sendAsync(request, body);
        try {
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof DownloadException failure) {
                throw failure;
            }
            if (cause instanceof HttpTimeoutException) {
                throw timedOut(uri, cause);
            }
            throw new DownloadException(Reason.UNREACHABLE, uri, FailureReason.of(cause), cause);
        } catch (TimeoutException e) {
            throw timedOut(uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DownloadException(Reason.INTERRUPTED, uri, "interrupted", e);
        } finally {
            response.cancel(true);
        }
    }

    private DownloadException timedOut(URI uri, Throwable cause) {
        return new DownloadException(Reason.TIMEOUT, uri, "no response within " + timeout.toMillis() + " ms", cause);
    }

    private static DownloadException status(URI uri, int status) {
        return new DownloadException(Reason.STATUS, uri, "the server responded with HTTP " + status, null);
    }

    private static void checkFile(URI uri, HttpResponse<?> response) throws DownloadException {
        int status = response.statusCode();
        if (status != OK && status != PARTIAL_CONTENT) {
            throw status(uri, status);
        }
        if (response.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
            throw new DownloadException(Reason.WEB_PAGE, uri, "the server sent a web page instead of the file", null);
        }
    }

    private static void receive(
            URI uri,
            HttpResponse<?> response,
            InputStream body,
            Path part,
            long present,
            long maxBytes,
            Progress progress)
            throws IOException {
        OptionalLong length = response.headers().firstValueAsLong("Content-Length");
        OptionalLong total = length.isPresent() ? OptionalLong.of(present + length.getAsLong()) : length;
        StandardOpenOption how = present > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long done = present;
        try (OutputStream to = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            byte[] buffer = new byte[1 << 16];
            for (int count = read(uri, body, buffer); count >= 0; count = read(uri, body, buffer)) {
                if (done + count > maxBytes) {
                    throw BoundedBody.tooLarge(uri, maxBytes);
                }
                to.write(buffer, 0, count);
                done += count;
                progress.at(done, total);
            }
        }
        if (total.isPresent() && done != total.getAsLong()) {
            String detail = "the response ended after " + done + " of " + total.getAsLong() + " bytes";
            throw new DownloadException(Reason.INCOMPLETE, uri, detail, null);
        }
    }

    private static int read(URI uri, InputStream body, byte[] buffer) throws DownloadException {
        try {
            return body.read(buffer);
        } catch (IOException failure) {
            throw new DownloadException(Reason.INCOMPLETE, uri, FailureReason.of(failure), failure);
        }
    }
}
