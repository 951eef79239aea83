package dev.stampede.streaming.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.streaming.registry.RegistrySettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes the {@link RegistrySettings} from the settings of the schema registry in {@link InputKeys}. */
final class RegistryConnection {
    private RegistryConnection() {}

    /**
     * How to reach the registry; empty if none is configured.
     *
     * @throws InvalidSettingException if a setting is invalid or a file cannot be used
     */
    static Optional<RegistrySettings> of(KeyValues values) {
        List<String> urls = values.get(InputKeys.REGISTRY_URL);
        return urls.isEmpty() ? Optional.empty() : Optional.of(of(values, urls));
    }

    private static RegistrySettings of(KeyValues values, List<String> urls) {
        RegistrySettings settings = RegistrySettings.of(
                        urls.stream().map(RegistryConnection::url).toList())
                .withTimeouts(values.get(InputKeys.REGISTRY_TIMEOUT), values.get(InputKeys.REGISTRY_RETRY_TIMEOUT));
        String credentials =
                authorization(values.get(InputKeys.REGISTRY_BASIC_AUTH), values.get(InputKeys.REGISTRY_BEARER_TOKEN));
        if (!credentials.isEmpty()) {
            settings = settings.withAuthorization(credentials);
        }
        Optional<Path> truststore = values.get(InputKeys.REGISTRY_TRUSTSTORE_FILE);
        try {
            return truststore.isPresent()
                    ? settings.withTruststore(truststore.get(), values.get(InputKeys.REGISTRY_TRUSTSTORE_PASSWORD))
                    : settings;
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
