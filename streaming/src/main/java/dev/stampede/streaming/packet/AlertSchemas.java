package dev.stampede.streaming.packet;

import dev.stampede.schemas.StampAlert;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParser;

/** The supported schemas of stamp alerts: the current one and all released ones. */
final class AlertSchemas {
    private static final String RELEASED = "/dev/stampede/schemas/released/";

    private AlertSchemas() {}

    /** The schemas by their CRC-64-AVRO fingerprint. */
    static Map<Long, Schema> byFingerprint() {
        Map<Long, Schema> known = new HashMap<>();
        add(known, StampAlert.getClassSchema());
        for (int release = 1; ; release++) {
            Optional<Schema> schema = released(release);
            if (schema.isEmpty()) {
                return Map.copyOf(known);
            }
            add(known, schema.get());
        }
    }

    private static void add(Map<Long, Schema> known, Schema schema) {
        known.put(SchemaNormalization.parsingFingerprint64(schema), schema);
    }

    private static Optional<Schema> released(int release) {
        String folder = RELEASED + release + "/";
        try (InputStream timeScale = StampAlert.class.getResourceAsStream(folder + "TimeScale.avsc");
                InputStream alert = StampAlert.class.getResourceAsStream(folder + "StampAlert.avsc")) {
            if (timeScale == null || alert == null) {
                return Optional.empty();
            }
            SchemaParser parser = new SchemaParser();
            parser.parse(timeScale);
            parser.parse(alert);
            return parser.getParsedNamedSchemas().stream()
                    .filter(schema -> schema.getFullName()
                            .equals(StampAlert.getClassSchema().getFullName()))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the released schemas in " + folder, e);
        }
    }
}
