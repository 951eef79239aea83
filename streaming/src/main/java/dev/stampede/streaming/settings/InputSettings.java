package dev.stampede.streaming.settings;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PlaneMapping;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        KeyValues values = KeyValues.of(keys, given, Map.of());
        return of(values, SchemaAccess.of(values), maxValueBytes);
    }

    static PacketInput of(KeyValues values, SchemaAccess schemas, int maxValueBytes) {
        return new PacketInput(
                values.get(InputKeys.FORMAT),
                planes(values),
                values.get(InputKeys.FIT),
                values.get(InputKeys.OUT_OF_DOMAIN),
                SurveyCatalogue.with(values.get(InputKeys.SURVEY_FILES).stream()
                        .map(Path::of)
                        .toList()),
                schemas.alerts(),
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
     * The source of the schemas of records that a stream wrote, for the settings given by key name, of those of
     * {@link InputKeys#SCHEMA_REGISTRY}; {@link SchemaSource#NONE} if they name no registry.
     *
     * @throws InvalidInputException if a setting is invalid or a file cannot be used
     */
    public static SchemaSource schemas(Map<String, String> given) {
        return SchemaAccess.of(KeyValues.of(InputKeys.SCHEMA_REGISTRY.keys(), given, Map.of()))
                .written();
    }
}
