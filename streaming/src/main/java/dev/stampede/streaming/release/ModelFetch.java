package dev.stampede.streaming.release;

import static dev.stampede.streaming.monitor.ReleaseFault.TOO_LARGE;
import static dev.stampede.streaming.monitor.ReleaseFault.UNAVAILABLE;
import static dev.stampede.streaming.monitor.ReleaseFault.WRONG_CONTENT;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.DownloadException;
import dev.stampede.stamps.file.HttpDownload;
import dev.stampede.streaming.settings.StreamKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fetches the model files of releases, from the record, a path or over HTTP, and checks size and SHA-256. */
public final class ModelFetch {
    private static final Pattern URL = Pattern.compile("https?://.*");

    private final int maxBytes;
    private final HttpDownload http;

    /**
     * @param maxBytes maximum size of a file
     * @param timeout of a download
     */
    public ModelFetch(int maxBytes, Duration timeout) {
        this.maxBytes = maxBytes;
        http = HttpDownload.withTimeout(timeout);
    }

    /** Whether a location is fetched over HTTP. */
    public static boolean isUrl(String location) {
        return URL.matcher(location).matches();
    }

    /** The file of the live model; empty if none is released. */
    public Optional<ModelFile> live(Releases releases) throws RefusedReleaseException {
        Optional<Release> live = releases.newest(ReleaseRole.LIVE);
        return live.isEmpty() ? Optional.empty() : Optional.of(fetch(live.get().value()));
    }

    /** The file of a release, if it has the size and the SHA-256 of the release. */
    ModelFile fetch(ModelRelease release) throws RefusedReleaseException {
        long size = release.getSizeBytes();
        if (size < 1 || size > maxBytes) {
            throw new RefusedReleaseException(
                    TOO_LARGE,
                    "its file has " + size + " bytes, not 1 to " + maxBytes + "; see "
                            + StreamKeys.RELEASE_MAX_BYTES.name());
        }
        boolean isEmbedded = release.getContent() != null;
        String origin = isEmbedded ? "the content of the release" : String.valueOf(release.getLocation());
        ModelFile file;
        try {
            byte[] bytes = isEmbedded ? bytes(release.getContent()) : bytesAt(origin, size);
            if (bytes.length != size) {
                throw new RefusedReleaseException(
                        WRONG_CONTENT, origin + " has " + bytes.length + " bytes, the release " + size);
            }
            file = ModelFile.of(bytes, origin);
        } catch (DownloadException e) {
            boolean isTooLarge = e.reason() == DownloadException.Reason.TOO_LARGE;
            throw new RefusedReleaseException(isTooLarge ? WRONG_CONTENT : UNAVAILABLE, e);
        } catch (IOException e) {
            throw new RefusedReleaseException(UNAVAILABLE, "Cannot read " + origin + ": " + FailureReason.of(e));
        }
        if (!file.sha256().equals(release.getSha256())) {
            throw new RefusedReleaseException(
                    WRONG_CONTENT, origin + " has the SHA-256 " + file.sha256() + ", not that of the release");
        }
        return file;
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    private byte[] bytesAt(String location, long maxFileBytes) throws IOException {
        return isUrl(location) ? download(location, maxFileBytes) : read(location, maxFileBytes);
    }

    private static byte[] read(String location, long maxFileBytes) throws IOException {
        if (ModelFile.SHIPPED.contains(location)) {
            return ModelFile.read(Path.of(location)).bytes();
        }
        try (InputStream file = Files.newInputStream(Path.of(location))) {
            return file.readNBytes((int) maxFileBytes + 1);
        } catch (InvalidPathException e) {
            throw new IOException("it is not a path", e);
        }
    }

    /** The body of the response at {@code url}. */
    public byte[] download(String url, long maxFileBytes) throws DownloadException {
        return http.bytes(url, maxFileBytes);
    }
}
