package dev.stampede.streaming.settings;

import dev.stampede.streaming.packet.InputFormat;
import dev.stampede.streaming.packet.OutOfDomain;
import dev.stampede.streaming.packet.Resizing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the input: framing, surveys, cutouts, and where schemas come from. */
public final class InputKeys {
    static final KeyGroup INPUT = new KeyGroup("Input");

    public static final Key<InputFormat> FORMAT = INPUT.key(
                    "input.format",
                    "Framing of record values: Avro object container file, Confluent wire format, Avro single-object"
                            + " encoding, or bare Avro with its schema in the record key. auto detects all but the last"
                            + " from the first bytes.")
            .choice(List.of(
                    InputFormat.AUTO,
                    InputFormat.OCF,
                    InputFormat.CONFLUENT,
                    InputFormat.SINGLE_OBJECT,
                    InputFormat.SCHEMA_IN_KEY));

    public static final Key<List<String>> PLANES = INPUT.key(
                    "input.planes",
                    "Comma-separated list of COADD=CUTOUT: the cutout of a survey's packet from which a coadd of the model is"
                            + " read. Empty = a model of one coadd takes the difference image.")
            .list();

    public static final Key<Resizing> FIT = INPUT.key(
                    "input.fit",
                    "Conversion of a cutout to the model's stamp size: crop takes the central pixels; resample interpolates to"
                            + " the model's pixel scale; auto resamples if both pixel scales are known and differ by more"
                            + " than 1 %, and crops otherwise.")
            .choice(List.of(Resizing.AUTO, Resizing.CROP, Resizing.RESAMPLE));

    public static final Key<OutOfDomain> OUT_OF_DOMAIN = INPUT.key(
                    "input.out-of-domain",
                    "Alerts of a survey or a pixel scale that the model was not made for: abstain with OUT_OF_DOMAIN, or"
                            + " classify them nevertheless.")
            .choice(List.of(OutOfDomain.ABSTAIN, OutOfDomain.CLASSIFY));

    public static final Key<List<String>> SURVEY_FILES = INPUT.key(
                    "input.survey-files",
                    "Comma-separated list of YAML files that describe other surveys; see docs/how-to/add-a-survey.md.")
            .list();

    static final KeyGroup SCHEMA_REGISTRY = new KeyGroup("Schemas and schema registry");

    public static final Key<Optional<Path>> SCHEMA_FOLDER = SCHEMA_REGISTRY
            .key(
                    "schema.folder",
                    "Folder with schemas MAJOR/MINOR/*.avsc, whose schema id is 100 MAJOR + MINOR. It takes precedence over the"
                            + " registry.")
            .path();

    public static final Key<List<String>> REGISTRY_URL = SCHEMA_REGISTRY
            .key(
                    "schema.registry.url",
                    "Comma-separated list of URLs (http or https, without credentials) of a Confluent-compatible schema"
                            + " registry, tried in order.")
            .list();

    public static final Key<String> REGISTRY_BASIC_AUTH = SCHEMA_REGISTRY
            .key("schema.registry.basic-auth", "Credentials USER:PASSWORD for HTTP basic authentication.")
            .secret();

    public static final Key<String> REGISTRY_BEARER_TOKEN = SCHEMA_REGISTRY
            .key("schema.registry.bearer-token", "Token for HTTP bearer authentication.")
            .secret();

    public static final Key<Optional<Path>> REGISTRY_TRUSTSTORE_FILE = SCHEMA_REGISTRY
            .advanced(
                    "schema.registry.truststore-file",
                    "PKCS12 or JKS truststore with the certificates to trust. Empty = the JVM's truststore.")
            .path();

    public static final Key<String> REGISTRY_TRUSTSTORE_PASSWORD = SCHEMA_REGISTRY
            .advanced("schema.registry.truststore-password", "Password of the truststore.")
            .secret();

    public static final Key<Duration> REGISTRY_TIMEOUT = SCHEMA_REGISTRY
            .advanced("schema.registry.timeout-ms", "Timeout of one request to the schema registry.")
            .millis(5000, 10, 60_000);

    public static final Key<Duration> REGISTRY_RETRY_TIMEOUT = SCHEMA_REGISTRY
            .advanced(
                    "schema.registry.retry-timeout-ms",
                    "Maximum time to retry requests before the stream stops. Twice this time must be below"
                            + " max.poll.interval.ms.")
            .millis(60_000, 0, 120_000);

    private InputKeys() {}
}
