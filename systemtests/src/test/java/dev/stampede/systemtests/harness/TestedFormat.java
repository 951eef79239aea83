package dev.stampede.systemtests.harness;

import dev.stampede.schemas.Classification;
import dev.stampede.streaming.InMemoryRegistry;
import dev.stampede.streaming.publish.RecordDecoder;
import dev.stampede.streaming.registry.RegistrySettings;
import dev.stampede.streaming.registry.SchemaRegistry;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.wire.RecordFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The output format of a stream under test, with the schema registry that it may need. Thread-safe. */
public final class TestedFormat implements AutoCloseable {
    private final RecordFormat format;
    private final @Nullable InMemoryRegistry registry;

    private TestedFormat(RecordFormat format, @Nullable InMemoryRegistry registry) {
        this.format = format;
        this.registry = registry;
    }

    /** Starts the registry, if the format needs one. */
    public static TestedFormat open(RecordFormat format) {
        try {
            return new TestedFormat(format, format == RecordFormat.CONFLUENT ? new InMemoryRegistry() : null);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a schema registry", e);
        }
    }

    public RecordFormat format() {
        return format;
    }

    /** The settings of a stream that writes this format, as lines of a properties file. */
    public String settings() {
        return "output.format=" + format.word() + "\n"
                + (registry == null ? "" : "schema.registry.url=" + registry.url() + "\n");
    }

    /** A decoder of the classifications of the stream, for one thread. */
    public RecordDecoder<Classification> newDecoder() {
        return new RecordDecoder<>(
                Classification.class,
                registry == null
                        ? SchemaSource.NONE
                        : new SchemaRegistry(RegistrySettings.of(List.of(URI.create(registry.url())))));
    }

    @Override
    public void close() {
        if (registry != null) {
            registry.close();
        }
    }
}
