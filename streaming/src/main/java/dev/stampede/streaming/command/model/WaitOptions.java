package dev.stampede.streaming.command.model;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.streaming.release.ReleaseWait;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how a command waits until the streams have applied a release. */
final class WaitOptions {
    @Option(
            names = "--wait",
            description = "Wait until every stream of --stream has applied the release; exit code 1 if one rejects it.")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "60", description = "Maximum time of --wait.")
    private int timeoutSeconds;

    @Option(
            names = "--stream",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:${env:STAMPEDE_HTTP_PORT:-8080}",
            description = "HTTP address of a stream to wait for, can be repeated; a host name stands for all of its"
                    + " addresses (default: port STAMPEDE_HTTP_PORT, or 8080, of this machine).")
    private List<String> streams;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token of the streams: their http.token-file.")
    private @Nullable Path tokenFile;

    /** The wait that is requested; empty if none is. */
    Optional<ReleaseWait> requested() {
        if (!wait) {
            return Optional.empty();
        }
        if (timeoutSeconds < 1) {
            throw CommandException.usage("--timeout must be 1 or more, not " + timeoutSeconds);
        }
        return Optional.of(new ReleaseWait(
                streams.stream().map(WaitOptions::uri).toList(), token(), Duration.ofSeconds(timeoutSeconds)));
    }

    private static URI uri(String stream) {
        URI uri;
        try {
            uri = URI.create(stream);
        } catch (IllegalArgumentException e) {
            throw invalid(stream);
        }
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw invalid(stream);
        }
        return uri;
    }

    private static CommandException invalid(String stream) {
        return CommandException.usage("--stream must be like http://127.0.0.1:8080, not " + stream);
    }

    private Optional<String> token() {
        if (tokenFile == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(tokenFile).strip());
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read the token in " + tokenFile + ": " + e);
        }
    }
}
