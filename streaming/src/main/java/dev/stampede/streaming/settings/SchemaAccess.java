package dev.stampede.streaming.settings;

import dev.stampede.streaming.registry.SchemaFolder;
import dev.stampede.streaming.registry.SchemaRegistry;
import dev.stampede.streaming.registry.SchemaSource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The schemas that the settings of {@link InputKeys#SCHEMA_REGISTRY} name. All parts of a stream share one instance, so that
 * its readiness knows every outage of the registry. Thread-safe.
 *
 * @param alerts the source of the schemas of alerts that name them by an id: the folder, then the registry;
 *     {@link SchemaSource#NONE} if the settings name neither
 * @param registry the registry, also in the source of alerts
 */
record SchemaAccess(SchemaSource alerts, Optional<SchemaRegistry> registry) {
    /**
     * Reads the folder; the first request connects to the registry.
     *
     * @throws dev.stampede.stamps.error.InvalidInputException if a setting is invalid or a file cannot be used
     */
    static SchemaAccess of(KeyValues values) {
        Optional<Path> folder = values.get(InputKeys.SCHEMA_FOLDER);
        SchemaSource local = folder.isPresent() ? SchemaFolder.read(folder.get()) : SchemaSource.NONE;
        Optional<SchemaRegistry> registry = RegistryConnection.of(values).map(SchemaRegistry::new);
        return new SchemaAccess(registry.map(local::or).orElse(local), registry);
    }

    /** The source of the schemas of records that a stream wrote: not the folder, whose ids are of the schemas of a survey. */
    SchemaSource written() {
        return registry.<SchemaSource>map(source -> source).orElse(SchemaSource.NONE);
    }
}
