package dev.stampede.streaming.command.run;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.stamps.error.FailureReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code health}: requests the health of a stream, for container images without an HTTP client. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Requests the readiness or liveness of a stream and prints the response.",
        exitCodeList = {"0:ready or alive", "1:not ready or alive, or no response", "2:wrong usage"})
@Example("health --url http://127.0.0.1:8080")
public final class HealthCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:${env:STAMPEDE_HTTP_PORT:-8080}",
            description = "Address of the stream (default: port STAMPEDE_HTTP_PORT, or 8080, of this machine).")
    private String url;

    @Option(names = "--alive", description = "Request the liveness instead of the readiness.")
    private boolean alive;

    @Override
    public Integer call() throws InterruptedException {
        HttpResponse<String> answer = ask(target());
        if (answer.statusCode() != OK) {
            throw CommandException.failed(url + " is not " + (alive ? "alive: " : "ready: ")
                    + answer.body().strip());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(answer.body().strip());
        out.flush();
        return 0;
    }

    private HttpRequest target() {
        try {
            return HttpRequest.newBuilder(URI.create(url).resolve(alive ? "/healthz" : "/readyz"))
                    .timeout(TIMEOUT)
                    .build();
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--url must be like http://127.0.0.1:8080, not " + url);
        }
    }

    private HttpResponse<String> ask(HttpRequest request) throws InterruptedException {
        try {
            return HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw CommandException.failed(url + " does not answer: " + FailureReason.of(e));
        }
    }
}
