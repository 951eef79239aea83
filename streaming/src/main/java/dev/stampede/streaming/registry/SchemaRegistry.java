package dev.stampede.streaming.registry;

import dev.stampede.streaming.registry.RegistryClient.Resolved;
import dev.stampede.streaming.registry.RegistryClient.Response;
import dev.stampede.streaming.registry.RegistryClient.Unavailable;
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
 * never changes its meaning; that an id is unknown is cached for a minute. While the registry is unavailable, {@link
 * #byId} retries, so that the stream pauses, and {@link #outage} has the reason.
 */
public final class SchemaRegistry implements SchemaSource {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
    private static final Duration MIN_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final Duration UNKNOWN_TTL = Duration.ofMinutes(1);

    /** The maximum number of cached unknown ids, more than any valid topic has. */
    private static final int MAX_UNKNOWN = 10_000;

    private final RegistryClient client;
    private final Duration retryTimeout;
    private final Map<Integer, Schema> known = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknownUntilNanos = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable String> outage = new AtomicReference<>();

    /** Creates a client; the first request connects. */
    public SchemaRegistry(RegistrySettings settings) {
        this.client = new RegistryClient(settings);
        this.retryTimeout = settings.retryTimeout();
    }

    @Override
    public Optional<Schema> byId(int id) {
        Schema schema = known.get(id);
        if (schema != null) {
            return Optional.of(schema);
        }
        Long unknownUntil = unknownUntilNanos.get(id);
        if (unknownUntil != null && System.nanoTime() - unknownUntil < 0) {
            return Optional.empty();
        }
        return request(id);
    }

    private Optional<Schema> request(int id) {
        if (requestWithRetries(id) instanceof Resolved resolved) {
            Schema schema = WriterSchema.parse(resolved.references(), resolved.schema());
            known.put(id, schema);
            return Optional.of(schema);
        }
        if (unknownUntilNanos.size() >= MAX_UNKNOWN) {
            unknownUntilNanos.clear();
        }
        unknownUntilNanos.put(id, System.nanoTime() + UNKNOWN_TTL.toNanos());
        return Optional.empty();
    }

    private Response requestWithRetries(int id) {
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
    private Response requestOnce(int id) {
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

    private static void sleep(Duration backoff, int id) {
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
