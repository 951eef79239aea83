package dev.stampede.streaming.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.avro.Schema;

/** The schemas of generated classes as readers in other languages get them. */
final class PublishedSchema {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PublishedSchema() {}

    /** The schema without hints for Java, as it is registered. */
    static Schema of(Schema schema) {
        return without(List.of("avro.java.string"), schema);
    }

    /** The same also without documentation, for values that contain it: less than half as long. */
    static Schema withoutDocumentation(Schema schema) {
        return without(List.of("avro.java.string", "doc"), schema);
    }

    private static Schema without(List<String> properties, Schema schema) {
        try {
            return new Schema.Parser()
                    .parse(stripped(MAPPER.readTree(schema.toString()), properties)
                            .toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the JSON of a schema is JSON", e);
        }
    }

    private static JsonNode stripped(JsonNode node, List<String> properties) {
        if (node instanceof ObjectNode object) {
            object.remove(properties);
        }
        node.forEach(inner -> stripped(inner, properties));
        return node;
    }
}
