package dev.stampede.streaming.registry;

import dev.stampede.streaming.registry.RegistryClient.Found;
import dev.stampede.streaming.registry.RegistryClient.Reference;
import dev.stampede.streaming.registry.RegistryClient.Resolved;
import dev.stampede.streaming.registry.RegistryClient.Response;
import dev.stampede.streaming.registry.RegistryClient.Unavailable;
import dev.stampede.streaming.survey.SchemaMismatchException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the schemas that a schema refers to, directly and indirectly, each once. */
final class SchemaReferences {
    /** Far above the number of records of any survey. */
    private static final int MAX_REFERENCES = 200;

    private final RegistryClient client;
    private final Map<Reference, String> collected = new LinkedHashMap<>();
    private final Set<Reference> inProgress = new HashSet<>();

    private SchemaReferences(RegistryClient client) {
        this.client = client;
    }

    /**
     * The schema with that id and all that it refers to; unknown or unavailable if the registry responds so.
     *
     * @throws SchemaMismatchException if the registry lacks a reference, they form a cycle, or there are too many
     */
    static Response resolve(SchemaId id, RegistryClient client) {
        Response response = client.schema(id);
        if (!(response instanceof Found found)) {
            return response;
        }
        SchemaReferences references = new SchemaReferences(client);
        Optional<Unavailable> failure = references.collect(found.references());
        return failure.isPresent()
                ? failure.get()
                : new Resolved(found.schema(), List.copyOf(references.collected.values()));
    }

    private Optional<Unavailable> collect(List<Reference> references) {
        for (Reference reference : references) {
            Optional<Unavailable> failure = collected.containsKey(reference) ? Optional.empty() : collect(reference);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private Optional<Unavailable> collect(Reference reference) {
        if (!inProgress.add(reference)) {
            throw new SchemaMismatchException("the references form a cycle at " + describe(reference));
        }
        if (inProgress.size() > MAX_REFERENCES) {
            throw new SchemaMismatchException("the schema refers to more than " + MAX_REFERENCES + " others");
        }
        Response response = client.schema(reference);
        if (response instanceof Unavailable unavailable) {
            return Optional.of(unavailable);
        }
        if (!(response instanceof Found found)) {
            throw new SchemaMismatchException(
                    "the schema refers to " + describe(reference) + ", which the registry does not have");
        }
        Optional<Unavailable> failure = collect(found.references());
        collected.put(reference, found.schema());
        return failure;
    }

    private static String describe(Reference reference) {
        return "version " + reference.version() + " of " + reference.subject();
    }
}
