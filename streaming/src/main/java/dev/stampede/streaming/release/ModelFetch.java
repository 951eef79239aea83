package dev.stampede.streaming.release;

import static dev.stampede.streaming.observe.ReleaseFault.TOO_LARGE;
import static dev.stampede.streaming.observe.ReleaseFault.UNAVAILABLE;
import static dev.stampede.streaming.observe.ReleaseFault.WRONG_CONTENT;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.stamps.contract.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Fetches the files of releases, from the record, a path or over HTTP, and takes only what was released. */
public final class ModelFetch {
    private static final Pattern URL = Pattern.compile("https?://.*");
    private static final int OK = 200;

    private final int maxBytes;
    private final Duration atMost;
    private final HttpClient http;

    /**
     * @param maxBytes the largest file that is fetched
     * @param atMost how long one may take
     */
    public ModelFetch(int maxBytes, Duration atMost) {
        this.maxBytes = maxBytes;
        this.atMost = atMost;
        http = HttpClient.newBuilder()
                .connectTimeout(atMost)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /** Whether a location is fetched over HTTP. */
    public static boolean isUrl(String location) {
        return URL.matcher(location).matches();
    }

    /** The file of a release, of the size and SHA-256 that it says. */
    ModelFile fetch(ModelRelease release) throws RefusedReleaseException {
        if (release.getSizeBytes() < 1 || release.getSizeBytes() > maxBytes) {
            throw new RefusedReleaseException(
                    TOO_LARGE,
                    "its file has " + release.getSizeBytes() + " bytes, not 1 to " + maxBytes + "; see "
                            + ReleaseSettings.MAX_MEBIBYTES);
        }
        String location = String.valueOf(release.getLocation());
        String origin = release.getContent() == null ? location : "the content of the release";
        ModelFile file;
        try {
            byte[] bytes = release.getContent() == null
                    ? bytesAt(location, release.getSizeBytes())
                    : bytes(release.getContent());
            if (bytes.length != release.getSizeBytes()) {
                throw new RefusedReleaseException(
                        WRONG_CONTENT,
                        origin + " has " + bytes.length + " bytes, not " + release.getSizeBytes() + " as was released");
            }
            file = ModelFile.of(bytes, origin);
        } catch (BoundedBody.TooLargeException e) {
            throw new RefusedReleaseException(
                    WRONG_CONTENT, origin + ": " + e.getMessage() + ", which is what was released");
        } catch (IOException e) {
            throw new RefusedReleaseException(UNAVAILABLE, origin + " cannot be fetched: " + e);
        }
        if (!file.sha256().equals(release.getSha256())) {
            throw new RefusedReleaseException(
                    WRONG_CONTENT, origin + " has the SHA-256 " + file.sha256() + ", not what was released");
        }
        return file;
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    private byte[] bytesAt(String location, long mostBytes) throws IOException {
        return isUrl(location) ? download(location, mostBytes) : read(location, mostBytes);
    }

    private static byte[] read(String location, long mostBytes) throws IOException {
        if (ModelFile.SHIPPED.contains(location)) {
            return ModelFile.read(Path.of(location)).bytes();
        }
        try (InputStream file = Files.newInputStream(Path.of(location))) {
            return file.readNBytes((int) mostBytes + 1);
        } catch (InvalidPathException e) {
            throw new IOException("it is no path", e);
        }
    }

    /**
     * The body of the answer at {@code url}.
     *
     * @throws BoundedBody.TooLargeException if it has more bytes
     * @throws IOException if it does not come, or not in time
     */
    public byte[] download(String url, long mostBytes) throws IOException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(url)).build();
        } catch (IllegalArgumentException e) {
            throw new IOException("it is no URL", e);
        }
        // The request's own timeout ends with the headers of the answer; a body may stall for ever.
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, headers -> new BoundedBody(headers.statusCode() == OK ? mostBytes : maxBytes));
        try {
            HttpResponse<byte[]> response = answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != OK) {
                throw new IOException("HTTP " + response.statusCode());
            }
            return response.body();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + atMost, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }
}
