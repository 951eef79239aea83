package dev.stampede.streaming.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.streaming.schemasource.RegistrySettings;
import dev.stampede.streaming.schemasource.SchemaFolder;
import dev.stampede.streaming.schemasource.SchemaRegistry;
import dev.stampede.streaming.schemasource.SchemaSource;
import dev.stampede.streaming.schemasource.TrustStore;
import dev.stampede.streaming.survey.CutoutKind;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** The settings of what a stream reads: framing, surveys, cutout, and where schemas come from. */
public final class InputSettings {
    public static final String FORMAT = "input.format";
    public static final String CUTOUT = "input.cutout";
    public static final String FIT = "input.fit";
    public static final String SURVEY_FILES = "input.survey.files";
    public static final String SCHEMA_FOLDER = "schema.folder";
    public static final String REGISTRY_URL = "schema.registry.url";
    public static final String REGISTRY_BASIC = "schema.registry.basic.auth";
    public static final String REGISTRY_BEARER = "schema.registry.bearer.token";
    public static final String REGISTRY_TRUSTSTORE = "schema.registry.ssl.truststore.location";
    public static final String REGISTRY_TRUSTSTORE_PASSWORD = "schema.registry.ssl.truststore.password";
    public static final String REGISTRY_TIMEOUT = "schema.registry.timeout.ms";
    public static final String REGISTRY_PATIENCE = "schema.registry.patience.ms";

    private InputSettings() {}

    /** Adds these settings to {@code definition}. */
    public static ConfigDef define(ConfigDef definition) {
        definition
                .define(
                        FORMAT,
                        ConfigDef.Type.STRING,
                        InputFormat.AUTO.word(),
                        ValidString.in(InputFormat.words().toArray(String[]::new)),
                        Importance.MEDIUM,
                        "How alerts are framed; auto tells by their first bytes.")
                .define(
                        CUTOUT,
                        ConfigDef.Type.STRING,
                        "difference",
                        ValidString.in("difference", "science"),
                        Importance.MEDIUM,
                        "Which image of a survey's packet is judged.")
                .define(
                        FIT,
                        ConfigDef.Type.STRING,
                        Fit.CROP.word(),
                        ValidString.in(Fit.words().toArray(String[]::new)),
                        Importance.MEDIUM,
                        "How a survey's image becomes the model's size: its middle pixels, or resampled to the model's"
                                + " pixel scale where both scales are known.")
                .define(
                        SURVEY_FILES,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "Files that describe surveys, separated by commas; docs/surveys.md tells how.")
                .define(
                        SCHEMA_FOLDER,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "A folder of schemas MAJOR/MINOR/*.avsc, of the numbers 100 MAJOR + MINOR; asked before the"
                                + " registry.");
        return defineRegistry(definition);
    }

    private static ConfigDef defineRegistry(ConfigDef definition) {
        return definition
                .define(
                        REGISTRY_URL,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "Where a schema registry answers, http or https; several are tried in turn.")
                .define(
                        REGISTRY_BASIC,
                        ConfigDef.Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "USER:PASSWORD for the registry, where it wants them.")
                .define(
                        REGISTRY_BEARER,
                        ConfigDef.Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "A bearer token for the registry, where it wants one.")
                .define(
                        REGISTRY_TRUSTSTORE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.LOW,
                        "A PKCS12 or JKS file of certificates to trust for https; empty for those the JVM trusts.")
                .define(
                        REGISTRY_TRUSTSTORE_PASSWORD,
                        ConfigDef.Type.PASSWORD,
                        "",
                        Importance.LOW,
                        "The password of that file.")
                .define(
                        REGISTRY_TIMEOUT,
                        ConfigDef.Type.INT,
                        5000,
                        Range.between(10, 60_000),
                        Importance.LOW,
                        "How long one request to the registry may take, milliseconds.")
                .define(
                        REGISTRY_PATIENCE,
                        ConfigDef.Type.INT,
                        60_000,
                        Range.between(0, 120_000),
                        Importance.LOW,
                        "How long the stream waits for a registry before it stops, milliseconds; waited twice, it"
                                + " must stay below max.poll.interval.ms.");
    }

    /**
     * What {@code config} says, with its files read.
     *
     * @throws ConfigException if two settings contradict each other or a URL is none
     * @throws dev.stampede.stamps.terminal.CommandFailure if a file cannot be used
     */
    public static PacketInput of(AbstractConfig config, int maxValueBytes) {
        return new PacketInput(
                InputFormat.of(config.getString(FORMAT)),
                CutoutKind.valueOf(config.getString(CUTOUT).toUpperCase(Locale.ROOT)),
                Fit.of(config.getString(FIT)),
                SurveyCatalogue.with(
                        config.getList(SURVEY_FILES).stream().map(Path::of).toList()),
                schemas(config),
                maxValueBytes);
    }

    private static SchemaSource schemas(AbstractConfig config) {
        String folder = config.getString(SCHEMA_FOLDER);
        SchemaSource local = folder.isEmpty() ? SchemaSource.NONE : SchemaFolder.read(Path.of(folder));
        List<String> urls = config.getList(REGISTRY_URL);
        if (urls.isEmpty()) {
            return local;
        }
        RegistrySettings registry = new RegistrySettings(
                urls.stream().map(InputSettings::url).toList(),
                authorization(config),
                trust(config),
                Duration.ofMillis(config.getInt(REGISTRY_TIMEOUT)),
                Duration.ofMillis(config.getInt(REGISTRY_PATIENCE)));
        return local.or(new SchemaRegistry(registry));
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException(REGISTRY_URL, text, e.getMessage());
        }
        throw new ConfigException(REGISTRY_URL, text, "must be a URL of http or https");
    }

    private static Optional<SSLContext> trust(AbstractConfig config) {
        String file = config.getString(REGISTRY_TRUSTSTORE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TrustStore.open(
                    Path.of(file),
                    config.getPassword(REGISTRY_TRUSTSTORE_PASSWORD).value()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(REGISTRY_TRUSTSTORE, file, e.getMessage());
        }
    }

    private static Optional<String> authorization(AbstractConfig config) {
        Password basic = config.getPassword(REGISTRY_BASIC);
        Password bearer = config.getPassword(REGISTRY_BEARER);
        if (!basic.value().isEmpty() && !bearer.value().isEmpty()) {
            throw new ConfigException(REGISTRY_BEARER + " and " + REGISTRY_BASIC + " exclude each other");
        }
        if (!basic.value().isEmpty()) {
            return Optional.of(
                    "Basic " + Base64.getEncoder().encodeToString(basic.value().getBytes(UTF_8)));
        }
        return bearer.value().isEmpty() ? Optional.empty() : Optional.of("Bearer " + bearer.value());
    }
}
