package dev.stampede.streaming.registry;

import dev.stampede.stamps.error.StampedeException;
import dev.stampede.streaming.registry.RegistryClient.Refused;
import dev.stampede.streaming.registry.RegistryClient.Response;
import dev.stampede.streaming.registry.RegistryClient.Unknown;
import org.apache.avro.Schema;

/** A schema has no id in the registry, so no record can be written; the message says what to do. */
public final class SchemaRegistrationException extends StampedeException {
    private static final int CONFLICT = 409;
    private static final String CREDENTIALS = "schema.registry.basic-auth or schema.registry.bearer-token";

    private SchemaRegistrationException(String message) {
        super(message);
    }

    static SchemaRegistrationException unavailable(String subject, Schema schema, String reason) {
        return new SchemaRegistrationException("Cannot register the schema " + schema.getName() + " under the subject "
                + subject + " " + reason + ". Check schema.registry.url and whether the registry runs");
    }

    /** @param response why the registry did not register it */
    static SchemaRegistrationException refused(String subject, Schema schema, Response response) {
        String reason = response instanceof Refused refused
                ? refused.reason()
                : response instanceof Unknown unknown ? unknown.reason() : response.toString();
        int status = response instanceof Refused refused ? refused.status() : 0;
        String remedy = switch (status) {
            case RegistryClient.UNAUTHORIZED -> "Set " + CREDENTIALS + " to valid credentials";
            case RegistryClient.FORBIDDEN ->
                "Grant write access to the subject to the user of " + CREDENTIALS + ", or register schemas/topics/"
                        + schema.getName() + ".avsc under it yourself";
            case CONFLICT ->
                "Another schema is registered under this subject: choose another output.subject-strategy or topic, or"
                        + " change the compatibility of the subject";
            default -> "Check schema.registry.url and the mode of the registry";
        };
        return new SchemaRegistrationException("The schema registry refused the schema " + schema.getName()
                + " under the subject " + subject + ": " + reason + ". " + remedy);
    }
}
