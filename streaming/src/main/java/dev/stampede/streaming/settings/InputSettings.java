package dev.stampede.streaming.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PlaneMapping;
import dev.stampede.streaming.registry.RegistrySettings;
import dev.stampede.streaming.registry.SchemaFolder;
import dev.stampede.streaming.registry.SchemaRegistry;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
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

    private static SchemaSource schemas(KeyValues values) {
        Optional<Path> folder = values.get(InputKeys.SCHEMA_FOLDER);
        SchemaSource local = folder.isPresent() ? SchemaFolder.read(folder.get()) : SchemaSource.NONE;
        List<String> urls = values.get(InputKeys.REGISTRY_URL);
        return urls.isEmpty() ? local : local.or(registry(values, urls));
    }

    private static SchemaRegistry registry(KeyValues values, List<String> urls) {
        RegistrySettings settings = RegistrySettings.of(
                        urls.stream().map(InputSettings::url).toList())
                .withTimeouts(values.get(InputKeys.REGISTRY_TIMEOUT), values.get(InputKeys.REGISTRY_RETRY_TIMEOUT));
        String credentials =
                authorization(values.get(InputKeys.REGISTRY_BASIC_AUTH), values.get(InputKeys.REGISTRY_BEARER_TOKEN));
        if (!credentials.isEmpty()) {
            settings = settings.withAuthorization(credentials);
        }
        Optional<Path> truststore = values.get(InputKeys.REGISTRY_TRUSTSTORE_FILE);
        try {
            return new SchemaRegistry(
                    truststore.isPresent()
                            ? settings.withTruststore(
                                    truststore.get(), values.get(InputKeys.REGISTRY_TRUSTSTORE_PASSWORD))
                            : settings);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    "The setting " + InputKeys.REGISTRY_TRUSTSTORE_FILE.name() + " is invalid: " + e.getMessage(), e);
        }
    }

    private static URI url(String text) {
        if (text.contains("@")) { // such a value is never printed
            throw new InvalidSettingException("The setting " + InputKeys.REGISTRY_URL.name()
                    + " has credentials in a URL: set " + InputKeys.REGISTRY_BASIC_AUTH.name() + " instead");
        }
        String problem = "it must be an http or https URL";
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            problem = String.valueOf(e.getMessage());
        }
        throw new InvalidSettingException(
                "The setting " + InputKeys.REGISTRY_URL.name() + " has the invalid value " + text + ": " + problem);
    }

    /** The value of the Authorization header; empty without credentials. */
    private static String authorization(String basic, String bearer) {
        if (!basic.isEmpty() && !bearer.isEmpty()) {
            throw new InvalidSettingException("The settings " + InputKeys.REGISTRY_BEARER_TOKEN.name() + " and "
                    + InputKeys.REGISTRY_BASIC_AUTH.name() + " are mutually exclusive: set one of them");
        }
        if (!basic.isEmpty()) {
            return "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8));
        }
        return bearer.isEmpty() ? "" : "Bearer " + bearer;
    }
}
