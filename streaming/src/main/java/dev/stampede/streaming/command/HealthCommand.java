package dev.stampede.streaming.command;

import dev.stampede.stamps.terminal.CommandFailure;
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

/** {@code health}: asks a stream how it is, for images without a program that speaks HTTP. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Asks a stream whether it is ready, or alive, and prints its answer.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:it is", "1:it is not, or does not answer", "2:wrong usage"})
final class HealthCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:${env:STAMPEDE_HTTP_PORT:-8080}",
            description = "Where the stream answers (default: ${DEFAULT-VALUE}).")
    private String url;

    @Option(names = "--alive", description = "Ask whether it is alive, not whether it is ready.")
    private boolean alive;

    @Override
    public Integer call() throws InterruptedException {
        HttpResponse<String> answer = ask(target());
        if (answer.statusCode() != OK) {
            throw CommandFailure.failed(url + " is not " + (alive ? "alive: " : "ready: ")
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
                    .timeout(PATIENCE)
                    .build();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--url must be like http://127.0.0.1:8080, not " + url);
        }
    }

    private HttpResponse<String> ask(HttpRequest request) throws InterruptedException {
        try {
            return HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw CommandFailure.failed(url + " does not answer: " + e);
        }
    }
}
