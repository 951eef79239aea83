package dev.stampede.streaming.settings;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PlaneMapping;
import dev.stampede.streaming.registry.SchemaFolder;
import dev.stampede.streaming.registry.SchemaRegistry;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the {@link PacketInput} from the settings of {@link InputKeys}. */
public final class InputSettings {
    private InputSettings() {}

    /**
     * The input for the settings given by key name; the others have their defaults. Reads the files they name.
     *
     * @throws InvalidInputException if a setting is invalid or a file cannot be used
     */
    public static PacketInput of(Map<String, String> given, int maxValueBytes) {
        List<Key<?>> keys = new ArrayList<>(InputKeys.INPUT.keys());
        keys.addAll(InputKeys.SCHEMA_REGISTRY.keys());
        return of(KeyValues.of(keys, given, Map.of()), maxValueBytes);
    }

    static PacketInput of(KeyValues values, int maxValueBytes) {
        return new PacketInput(
                values.get(InputKeys.FORMAT),
                planes(values),
                values.get(InputKeys.FIT),
                values.get(InputKeys.OUT_OF_DOMAIN),
                SurveyCatalogue.with(values.get(InputKeys.SURVEY_FILES).stream()
                        .map(Path::of)
                        .toList()),
                schemas(values),
                maxValueBytes);
    }

    private static PlaneMapping planes(KeyValues values) {
        try {
            return PlaneMapping.parse(values.get(InputKeys.PLANES));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "The setting " + InputKeys.PLANES.name() + " is invalid: " + e.getMessage(), e);
        }
    }

    /**
     * The source of schemas for the settings given by key name, of those of {@link InputKeys#SCHEMA_REGISTRY};
     * {@link SchemaSource#NONE} if they name none.
     *
     * @throws InvalidInputException if a setting is invalid or a file cannot be used
     */
    public static SchemaSource schemas(Map<String, String> given) {
        return schemas(KeyValues.of(InputKeys.SCHEMA_REGISTRY.keys(), given, Map.of()));
    }

    static SchemaSource schemas(KeyValues values) {
        Optional<Path> folder = values.get(InputKeys.SCHEMA_FOLDER);
        SchemaSource local = folder.isPresent() ? SchemaFolder.read(folder.get()) : SchemaSource.NONE;
        return RegistryConnection.of(values)
                .map(settings -> local.or(new SchemaRegistry(settings)))
                .orElse(local);
    }
}
