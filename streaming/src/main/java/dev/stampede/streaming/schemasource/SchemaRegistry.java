package dev.stampede.streaming.schemasource;

import dev.stampede.streaming.schemasource.RegistryAnswer.Gathered;
import dev.stampede.streaming.schemasource.RegistryAnswer.Unavailable;
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
 * Schemas from a registry that speaks Confluent's HTTP API. A schema is asked for once and kept for good: its number
 * never means another. That a number is unknown is remembered for a while only. While the registry does not answer,
 * {@link #byId} waits and asks again: the stream stands still, and {@link #outage} says why.
 */
public final class SchemaRegistry implements SchemaSource {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration UNKNOWN_FOR = Duration.ofMinutes(1);

    /** More numbers than any registry has unknown; beyond it they are forgotten, not collected. */
    private static final int MAX_UNKNOWN = 10_000;

    private final RegistryClient client;
    private final Duration patience;
    private final Map<Integer, Schema> known = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknownUntilNanos = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable String> outage = new AtomicReference<>();

    /** Connects to nothing yet. */
    public SchemaRegistry(RegistrySettings settings) {
        this.client = new RegistryClient(settings);
        this.patience = settings.patience();
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
        return remember(id, askUntilAnswered(id));
    }

    private Optional<Schema> remember(int id, RegistryAnswer answer) {
        if (answer instanceof Gathered gathered) {
            Schema schema = WriterSchema.parse(gathered.references(), gathered.schema());
            known.put(id, schema);
            return Optional.of(schema);
        }
        if (unknownUntilNanos.size() >= MAX_UNKNOWN) {
            unknownUntilNanos.clear();
        }
        unknownUntilNanos.put(id, System.nanoTime() + UNKNOWN_FOR.toNanos());
        return Optional.empty();
    }

    private RegistryAnswer askUntilAnswered(int id) {
        long start = System.nanoTime();
        Duration pause = FIRST_PAUSE;
        while (true) {
            RegistryAnswer answer = ask(id);
            if (!(answer instanceof Unavailable unavailable)) {
                return answer;
            }
            if (outage.getAndSet(unavailable.reason()) == null) {
                LOG.warn("The stream waits for the schema registry: {}", unavailable.reason());
            }
            if (System.nanoTime() - start + pause.toNanos() > patience.toNanos()) {
                throw new SchemasUnavailableException(
                        "cannot get schema " + id + " within " + patience + ": " + unavailable.reason());
            }
            sleep(pause, id);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Asks once, and ends the outage where the registry had an answer, be it of no use. */
    private RegistryAnswer ask(int id) {
        boolean answers = true;
        try {
            RegistryAnswer answer = ReferencedSchema.gather(id, client);
            answers = !(answer instanceof Unavailable);
            return answer;
        } finally {
            if (answers && outage.getAndSet(null) != null) {
                LOG.info("The schema registry answers again");
            }
        }
    }

    private static void sleep(Duration pause, int id) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchemasUnavailableException("interrupted while waiting for schema " + id);
        }
    }

    @Override
    public Optional<String> outage() {
        return Optional.ofNullable(outage.get());
    }
}
