package dev.stampede.streaming.kafka;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the connections of all Kafka clients of the process: one line when a broker is lost, one per minute while it is
 * away, one when it is back. Until a first connection is established only the line per minute is logged: a command that
 * cannot connect at its start reports that itself. Thread-safe.
 */
final class ConnectionLog {
    /** A failure that lasts shorter is a reconnection, not an outage; also how long a connection must hold. */
    static final Duration SETTLING = Duration.ofSeconds(2);

    static final Duration REPEAT = Duration.ofMinutes(1);

    /** Clients retry every few seconds: after this time without an attempt no client uses the broker any more. */
    static final Duration FORGET = Duration.ofMinutes(3);

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLog.class);

    private final Clock clock;
    private final Executor later;
    private final Map<String, Outage> outages = new HashMap<>();
    private final Map<String, String> addresses = new HashMap<>();
    private boolean connectedOnce;
    private boolean waits;

    private static final class Outage {
        private final Instant since;
        private Instant lastFailure;
        private Instant lastLogged;
        private Instant connected = Instant.MAX;
        private String cause = "";
        private boolean isLogged;

        Outage(Instant since) {
            this.since = since;
            lastFailure = since;
            lastLogged = since;
        }

        boolean isConnected() {
            return !connected.equals(Instant.MAX);
        }
    }

    /** @param later runs a task after about a second */
    ConnectionLog(Clock clock, Executor later) {
        this.clock = clock;
        this.later = later;
    }

    /**
     * A client could not connect to a broker, or was disconnected.
     *
     * @param node the name of the broker in its clients, {@code -1} for a bootstrap server
     * @param address host and port
     */
    synchronized void failed(String node, String address, String cause) {
        Instant now = clock.instant();
        addresses.put(node, address);
        Outage outage = outages.computeIfAbsent(address, unused -> new Outage(now));
        outage.lastFailure = now;
        outage.connected = Instant.MAX;
        outage.cause = cause;
        waitForChange();
    }

    /** A client has connected to a broker. */
    synchronized void connected(String node) {
        connectedOnce = true;
        String address = addresses.get(node);
        Outage outage = address == null ? null : outages.get(address);
        if (outage != null && !outage.isConnected()) {
            outage.connected = clock.instant();
        }
    }

    private void waitForChange() {
        if (!waits) {
            waits = true;
            later.execute(this::check);
        }
    }

    private synchronized void check() {
        waits = false;
        Instant now = clock.instant();
        outages.entrySet().removeIf(outage -> isOver(outage.getKey(), outage.getValue(), now));
        if (!outages.isEmpty()) {
            waitForChange();
        }
    }

    /** Logs what is due; whether the broker is back, or no longer used. */
    private boolean isOver(String address, Outage outage, Instant now) {
        if (outage.isConnected()) {
            boolean isBack = isPast(outage.connected, SETTLING, now);
            if (isBack && outage.isLogged) {
                LOG.atInfo()
                        .addKeyValue("broker", address)
                        .addKeyValue(
                                "awaySeconds",
                                Duration.between(outage.since, outage.connected).toSeconds())
                        .log("Connected to the Kafka broker again");
            }
            return isBack;
        }
        if (isPast(outage.lastFailure, FORGET, now)) {
            return true;
        }
        if (!outage.isLogged && connectedOnce && isPast(outage.since, SETTLING, now)) {
            log(address, outage, now, "Lost the connection to the Kafka broker; reconnecting");
        } else if (isPast(outage.lastLogged, REPEAT, now)) {
            log(address, outage, now, "The Kafka broker does not answer; reconnecting");
        }
        return false;
    }

    private static void log(String address, Outage outage, Instant now, String message) {
        outage.isLogged = true;
        outage.lastLogged = now;
        LOG.atWarn()
                .addKeyValue("broker", address)
                .addKeyValue("since", outage.since.truncatedTo(ChronoUnit.SECONDS))
                .addKeyValue("cause", outage.cause)
                .log(message);
    }

    private static boolean isPast(Instant time, Duration duration, Instant now) {
        return !now.isBefore(time.plus(duration));
    }
}
