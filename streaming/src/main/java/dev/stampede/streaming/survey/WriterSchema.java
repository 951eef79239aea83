package dev.stampede.streaming.survey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Parses the schema of a packet leniently: surveys publish schemas that Avro for Java rejects, with a duplicate field name
 * or a default of the wrong type. Neither affects the bytes of the packet.
 */
public final class WriterSchema {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private WriterSchema() {}

    /**
     * Parses {@code json}; a duplicate field is renamed, and defaults are dropped.
     *
     * @throws SchemaMismatchException if it is not a schema
     */
    public static Schema parse(String json) {
        return parse(List.of(), json);
    }

    /**
     * The same for a schema that uses named types of other schemas.
     *
     * @param references those schemas, each after all that it refers to
     * @throws SchemaMismatchException if one of them is not a schema
     */
    public static Schema parse(List<String> references, String json) {
        Schema.Parser parser = new Schema.Parser().setValidateDefaults(false);
        try {
            for (String reference : references) {
                parser.parse(MAPPER.writeValueAsString(lenient(MAPPER.readTree(reference))));
            }
            return parser.parse(MAPPER.writeValueAsString(lenient(MAPPER.readTree(json))));
        } catch (JsonProcessingException e) {
            throw new SchemaMismatchException("the schema is not JSON: " + e.getOriginalMessage());
        } catch (RuntimeException e) {
            // Avro rejects schemas with its exceptions and with those of the JDK.
            throw new SchemaMismatchException("the schema is invalid: " + e.getMessage());
        }
    }

    private static JsonNode lenient(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("default");
            if (object.get("fields") instanceof ArrayNode fields) {
                renameDoubles(fields);
            }
        }
        node.forEach(WriterSchema::lenient);
        return node;
    }

    private static void renameDoubles(ArrayNode fields) {
        Set<String> names = new HashSet<>();
        for (JsonNode field : fields) {
            String name = field.path("name").asText();
            while (!names.add(name)) {
                name = name + "_again";
            }
            if (field instanceof ObjectNode object && object.has("name")) {
                object.put("name", name);
            }
        }
    }
}
