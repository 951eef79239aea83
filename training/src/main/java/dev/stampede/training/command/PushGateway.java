package dev.stampede.training.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends metrics to a push gateway of Prometheus, in place of those of the last start. */
final class PushGateway {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String GROUP = "/metrics/job/stampede-retraining";

    private PushGateway() {}

    /** A failure is a warning: the work of the job is done, and the alert on the last successful start reports a lasting failure. */
    static void push(URI gateway, byte[] text, PrintWriter warnings) {
        String address = gateway.toString().replaceFirst("/$", "") + GROUP;
        try {
            HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(TIMEOUT)
                    .PUT(BodyPublishers.ofByteArray(text))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                warnings.println("Warning: " + address + " refused the metrics with status " + response.statusCode()
                        + ": " + response.body().strip());
            }
        } catch (IOException | IllegalArgumentException failure) {
            warnings.println("Warning: the metrics could not be sent to " + address + ": " + failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
