package dev.stampede.streaming.kafka;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.NetworkClient;

/**
 * Passes what Kafka's clients log about connections to a {@link ConnectionLog}, and other warnings to the appenders of the
 * root logger. Each client would log each attempt: many lines per second while a broker is away. For {@code logback.xml},
 * on the loggers of {@link NetworkClient} (WARN) and Kafka's {@code Selector} (DEBUG, which has the established connections).
 */
public final class ConnectionAppender extends AppenderBase<ILoggingEvent> {
    /** Such as: Connection to node 1 (localhost/127.0.0.1:9092) could not be established. Node may not be available. */
    private static final Pattern FAILED = Pattern.compile("Connection to node (\\S+) \\((?:[^/)]*/)?([^)]+)\\) (.+)");

    /** Such as: Bootstrap broker 127.0.0.1:9092 (id: -1 rack: null isFenced: false) disconnected. */
    private static final Pattern BOOTSTRAP = Pattern.compile("Bootstrap broker (\\S+) \\(id: (\\S+).*\\) disconnected");

    /** Such as: Error connecting to node broker:9092 (id: 1 rack: null isFenced: false). */
    private static final Pattern UNKNOWN_HOST = Pattern.compile("Error connecting to node (\\S+) \\(id: (\\S+)");

    /** Such as: Created socket with SO_RCVBUF = 65536, SO_SNDBUF = 131072, SO_TIMEOUT = 0 to node 1. */
    private static final Pattern CONNECTED = Pattern.compile("Created socket with .* to node (\\S+)");

    /** Repeated several times per second for a topic that does not exist; the commands and readiness name such topics. */
    private static final String METADATA = "The metadata response from the cluster reported a recoverable issue";

    private final ConnectionLog connections =
            new ConnectionLog(Clock.systemUTC(), CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));

    @Override
    protected void append(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            if (!isFailure(message, connections) && !message.contains(METADATA)) {
                root().callAppenders(event);
            }
            return;
        }
        Matcher connected = CONNECTED.matcher(message);
        if (connected.find()) {
            connections.connected(connected.group(1));
        }
    }

    /** Whether {@code message} is about a failed connection, which is then passed to {@code connections}. */
    static boolean isFailure(String message, ConnectionLog connections) {
        Matcher failed = FAILED.matcher(message);
        if (failed.find()) {
            connections.failed(failed.group(1), failed.group(2), failed.group(3));
            return true;
        }
        Matcher bootstrap = BOOTSTRAP.matcher(message);
        if (bootstrap.find()) {
            connections.failed(bootstrap.group(2), bootstrap.group(1), "disconnected");
            return true;
        }
        Matcher unknown = UNKNOWN_HOST.matcher(message);
        if (unknown.find()) {
            connections.failed(unknown.group(2), unknown.group(1), "the host is unknown");
            return true;
        }
        return false;
    }

    private Logger root() {
        return ((LoggerContext) getContext()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
