package dev.stampede.streaming.registry;

import dev.stampede.streaming.registry.RegistryClient.Resolved;
import dev.stampede.streaming.registry.RegistryClient.Response;
import dev.stampede.streaming.registry.RegistryClient.Unavailable;
import dev.stampede.streaming.registry.RegistryClient.Unknown;
import dev.stampede.streaming.survey.WriterSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas from a registry with Confluent's HTTP API. A schema is requested once and cached permanently, because its id
 * never changes its meaning; that an id is unknown or refused is cached for a minute. After {@value #MAX_UNKNOWN} such ids
 * in a minute no further id is asked for until the minute is over: random bytes must not flood the registry. While the
 * registry is unavailable, {@link #find} retries, so that the stream pauses, and {@link #outage} has the reason.
 */
public final class SchemaRegistry implements SchemaSource {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
    private static final Duration MIN_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final Duration UNKNOWN_TTL = Duration.ofMinutes(1);

    /** The maximum number of unknown ids in a minute, more than any valid topic has. */
    static final int MAX_UNKNOWN = 600;

    private final RegistryClient client;
    private final Duration retryTimeout;
    private final Map<SchemaId, Schema> known = new ConcurrentHashMap<>();
    private final Map<SchemaId, UnknownId> unknown = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable String> outage = new AtomicReference<>();

    private record UnknownId(String reason, long untilNanos) {
        boolean isOver() {
            return System.nanoTime() - untilNanos >= 0;
        }
    }

    /** Creates a client; the first request connects. */
    public SchemaRegistry(RegistrySettings settings) {
        this.client = new RegistryClient(settings);
        this.retryTimeout = settings.retryTimeout();
    }

    @Override
    public Optional<Schema> find(SchemaId id) {
        Schema schema = known.get(id);
        if (schema != null) {
            return Optional.of(schema);
        }
        UnknownId remembered = unknown.get(id);
        return (remembered != null && !remembered.isOver()) || isFlooded() ? Optional.empty() : request(id);
    }

    private boolean isFlooded() {
        if (unknown.size() < MAX_UNKNOWN) {
            return false;
        }
        unknown.values().removeIf(UnknownId::isOver);
        return unknown.size() >= MAX_UNKNOWN;
    }

    private Optional<Schema> request(SchemaId id) {
        Response response = requestWithRetries(id);
        if (response instanceof Resolved resolved) {
            Schema schema = WriterSchema.parse(resolved.references(), resolved.schema());
            known.put(id, schema);
            return Optional.of(schema);
        }
        if (response instanceof Unknown refused) {
            unknown.put(id, new UnknownId(refused.reason(), System.nanoTime() + UNKNOWN_TTL.toNanos()));
        }
        return Optional.empty();
    }

    @Override
    public String whyUnknown(SchemaId id) {
        UnknownId remembered = unknown.get(id);
        return remembered != null
                ? "there is no schema with the id " + id + ": " + remembered.reason()
                : "the schema with the id " + id + " was not asked for, because the registry did not know "
                        + MAX_UNKNOWN + " others within a minute";
    }

    private Response requestWithRetries(SchemaId id) {
        long start = System.nanoTime();
        Duration backoff = MIN_BACKOFF;
        while (true) {
            Response response = requestOnce(id);
            if (!(response instanceof Unavailable unavailable)) {
                return response;
            }
            if (outage.getAndSet(unavailable.reason()) == null) {
                LOG.warn("Schema registry unavailable; retrying: {}", unavailable.reason());
            }
            if (System.nanoTime() - start + backoff.toNanos() > retryTimeout.toNanos()) {
                throw new SchemasUnavailableException("cannot get schema " + id + " within " + retryTimeout.toMillis()
                        + " ms: " + unavailable.reason());
            }
            sleep(backoff, id);
            backoff = backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
        }
    }

    /** One attempt; any response of the registry, even an invalid schema, ends an outage. */
    private Response requestOnce(SchemaId id) {
        boolean available = true;
        try {
            Response response = SchemaReferences.resolve(id, client);
            available = !(response instanceof Unavailable);
            return response;
        } finally {
            if (available && outage.getAndSet(null) != null) {
                LOG.info("Schema registry available again");
            }
        }
    }

    private static void sleep(Duration backoff, SchemaId id) {
        try {
            Thread.sleep(backoff.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchemasUnavailableException("interrupted while retrying the request for schema " + id);
        }
    }

    @Override
    public Optional<String> outage() {
        return Optional.ofNullable(outage.get());
    }
}
