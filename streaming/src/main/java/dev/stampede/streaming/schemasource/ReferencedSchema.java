package dev.stampede.streaming.schemasource;

import dev.stampede.streaming.schemasource.RegistryAnswer.Found;
import dev.stampede.streaming.schemasource.RegistryAnswer.Gathered;
import dev.stampede.streaming.schemasource.RegistryAnswer.Reference;
import dev.stampede.streaming.schemasource.RegistryAnswer.Unavailable;
import dev.stampede.streaming.survey.SchemaMismatchException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers the schemas that a schema refers to, and those that they refer to, each once. */
final class ReferencedSchema {
    /** Far above the handful of records that a survey keeps apart. */
    private static final int MAX_REFERENCES = 200;

    private final RegistryClient client;
    private final Map<Reference, String> gathered = new LinkedHashMap<>();
    private final Set<Reference> underWay = new HashSet<>();

    private ReferencedSchema(RegistryClient client) {
        this.client = client;
    }

    /**
     * The schema of that number with all that it refers to, or why it cannot be had.
     *
     * @throws SchemaMismatchException if the registry has one of the others not, they go in a circle, or are too many
     */
    static RegistryAnswer gather(int id, RegistryClient client) {
        RegistryAnswer answer = client.schema(id);
        if (!(answer instanceof Found found)) {
            return answer;
        }
        ReferencedSchema references = new ReferencedSchema(client);
        Optional<Unavailable> failure = references.gather(found.references());
        return failure.isPresent()
                ? failure.get()
                : new Gathered(found.schema(), List.copyOf(references.gathered.values()));
    }

    private Optional<Unavailable> gather(List<Reference> references) {
        for (Reference reference : references) {
            Optional<Unavailable> failure = gathered.containsKey(reference) ? Optional.empty() : gather(reference);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private Optional<Unavailable> gather(Reference reference) {
        if (!underWay.add(reference)) {
            throw new SchemaMismatchException("the schemas refer to each other in a circle, by " + words(reference));
        }
        if (underWay.size() > MAX_REFERENCES) {
            throw new SchemaMismatchException("the schema refers to more than " + MAX_REFERENCES + " others");
        }
        RegistryAnswer answer = client.schema(reference);
        if (answer instanceof Unavailable unavailable) {
            return Optional.of(unavailable);
        }
        if (!(answer instanceof Found found)) {
            throw new SchemaMismatchException(
                    "the schema refers to " + words(reference) + ", which the registry does not have");
        }
        Optional<Unavailable> failure = gather(found.references());
        gathered.put(reference, found.schema());
        return failure;
    }

    private static String words(Reference reference) {
        return "version " + reference.version() + " of " + reference.subject();
    }
}
