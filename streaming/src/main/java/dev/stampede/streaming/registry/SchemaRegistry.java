package dev.stampede.streaming.registry;

import dev.stampede.streaming.registry.RegistryClient.Registered;
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
import java.util.function.Function;
import java.util.function.Supplier;
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
        Response response = requestWithRetries(
                () -> SchemaReferences.resolve(id, client),
                reason -> new SchemasUnavailableException("cannot get schema " + id + " " + reason));
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

    /**
     * The id of {@code schema} under {@code subject}, which is registered if the subject does not have it yet. A user who
     * may only read needs a subject that has it.
     *
     * @throws SchemaRegistrationException if the registry refuses it, or does not respond within the time to retry
     */
    public int register(String subject, Schema schema) {
        String json = schema.toString();
        Response response = requestWithRetries(
                () -> {
                    Response registered = client.registered(subject, json);
                    return registered instanceof Unknown ? client.register(subject, json) : registered;
                },
                reason -> SchemaRegistrationException.unavailable(subject, schema, reason));
        if (response instanceof Registered registered) {
            known.put(new SchemaId.Numbered(registered.id()), schema);
            return registered.id();
        }
        throw SchemaRegistrationException.refused(subject, schema, response);
    }

    private Response requestWithRetries(
            Supplier<Response> request, Function<String, ? extends RuntimeException> failure) {
        long start = System.nanoTime();
        Duration backoff = MIN_BACKOFF;
        while (true) {
            Response response = requestOnce(request);
            if (!(response instanceof Unavailable unavailable)) {
                return response;
            }
            if (outage.getAndSet(unavailable.reason()) == null) {
                LOG.warn("Schema registry unavailable; retrying: {}", unavailable.reason());
            }
            if (System.nanoTime() - start + backoff.toNanos() > retryTimeout.toNanos()) {
                throw failure.apply("within " + retryTimeout.toMillis() + " ms: " + unavailable.reason());
            }
            if (isInterrupted(backoff)) {
                throw failure.apply("because its retries were interrupted");
            }
            backoff = backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
        }
    }

    /** One attempt; any response of the registry, even an invalid schema, ends an outage. */
    private Response requestOnce(Supplier<Response> request) {
        boolean available = true;
        try {
            Response response = request.get();
            available = !(response instanceof Unavailable);
            return response;
        } finally {
            if (available && outage.getAndSet(null) != null) {
                LOG.info("Schema registry available again");
            }
        }
    }

    /** Sleeps; returns whether that was interrupted. */
    private static boolean isInterrupted(Duration backoff) {
        try {
            Thread.sleep(backoff.toMillis());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public Optional<String> outage() {
        return Optional.ofNullable(outage.get());
    }
}
