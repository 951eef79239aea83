package dev.stampede.streaming.release;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Waits until streams have applied a release, by asking each of them over HTTP. A host name stands for all of its addresses,
 * such as those of the pods behind a headless service of Kubernetes.
 */
public final class ReleaseWait {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final long INTERVAL_MILLIS = 500;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build();
    private final List<URI> streams;
    private final Optional<String> token;
    private final Duration timeout;

    /**
     * @param streams the addresses of their HTTP servers
     * @param token required by them; empty if none is
     */
    public ReleaseWait(List<URI> streams, Optional<String> token, Duration timeout) {
        this.streams = List.copyOf(streams);
        this.token = token;
        this.timeout = timeout;
    }

    /**
     * Waits for the release at {@code offset} of the models topic.
     *
     * @param applied gets the address of each stream that has applied it
     * @throws ReleaseNotAppliedException if a stream rejects it, or the time is over; the message names the streams
     */
    public void await(ModelRelease release, long offset, Consumer<URI> applied) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<URI, String> waiting = new LinkedHashMap<>();
        streams.forEach(stream -> addresses(stream).forEach(address -> waiting.put(address, "not asked yet")));
        while (true) {
            for (URI stream : List.copyOf(waiting.keySet())) {
                Optional<String> obstacle = obstacle(stream, release, offset);
                if (obstacle.isEmpty()) {
                    waiting.remove(stream);
                    applied.accept(stream);
                } else {
                    waiting.put(stream, obstacle.get());
                }
            }
            if (waiting.isEmpty()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new ReleaseNotAppliedException("After " + timeout.toSeconds()
                        + " s the release is not applied by "
                        + waiting.entrySet().stream()
                                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                                .collect(Collectors.joining(", "))
                        + "; it stays released: see /readyz of the stream, or withdraw it with ./stampede rollback");
            }
            TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
        }
    }

    /** Why a stream has not applied the release yet; empty if it has. */
    private Optional<String> obstacle(URI stream, ModelRelease release, long offset) throws InterruptedException {
        ReleaseStatus status;
        try {
            HttpResponse<String> response = client.send(request(stream), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == UNAUTHORIZED) {
                return Optional.of("it requires another token: --token-file");
            }
            if (response.statusCode() != OK) {
                return Optional.of("it follows no releases: HTTP " + response.statusCode());
            }
            status = ReleaseStatus.parse(response.body());
        } catch (IOException e) {
            return Optional.of("it does not respond");
        } catch (IllegalArgumentException e) {
            return Optional.of("it is not a stream of this version");
        }
        for (ReleaseStatus.Rejection rejection : status.rejected()) {
            if (rejection.offset() == offset && !rejection.isRetried()) {
                throw new ReleaseNotAppliedException(stream + " rejected the release: " + rejection.reason()
                        + "; withdraw it with ./stampede rollback");
            }
        }
        ReleaseRole role = release.getRole();
        return status.model(role).equals(Optional.of(release.getSha256()))
                ? Optional.empty()
                : Optional.of(status.model(role)
                        .map(sha256 -> "it uses the file of SHA-256 " + sha256.substring(0, 12))
                        .orElse("it has no model in this role"));
    }

    private HttpRequest request(URI stream) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(stream.resolve(ReleaseStatus.PATH)).timeout(REQUEST_TIMEOUT);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request.build();
    }

    /** The URL with each address of its host; an HTTPS certificate is of the name, so that one stays as it is. */
    private static List<URI> addresses(URI stream) {
        if (!"http".equals(stream.getScheme())) {
            return List.of(stream);
        }
        try {
            InetAddress[] all = InetAddress.getAllByName(stream.getHost());
            if (all.length == 1 || all[0].isLoopbackAddress()) {
                return List.of(stream);
            }
            return Arrays.stream(all)
                    .map(address -> URI.create("http://"
                            + (address.getHostAddress().contains(":")
                                    ? "[" + address.getHostAddress() + "]"
                                    : address.getHostAddress())
                            + ":" + (stream.getPort() < 0 ? 80 : stream.getPort())))
                    .toList();
        } catch (UnknownHostException e) {
            return List.of(stream); // it does not respond
        }
    }
}
