package dev.stampede.commandline;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import dev.stampede.stamps.table.UtcTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Records as trees of JSON. */
final class Tree {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .addModule(new SimpleModule()
                    .addSerializer(float.class, new FiniteSerializer())
                    .addSerializer(Float.class, new FiniteSerializer())
                    .addSerializer(double.class, new FiniteSerializer())
                    .addSerializer(Double.class, new FiniteSerializer())
                    .addSerializer(Instant.class, new TimeSerializer())
                    .addSerializer(Path.class, ToStringSerializer.instance))
            .build();

    private static final String NESTED = ".";

    private Tree() {}

    /** JSON has no NaN and no infinity; they become null. */
    private static final class FiniteSerializer extends StdSerializer<Number> {
        private FiniteSerializer() {
            super(Number.class);
        }

        @Override
        public void serialize(Number value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (!Double.isFinite(value.doubleValue())) {
                out.writeNull();
            } else if (value instanceof Float number) {
                out.writeNumber(number);
            } else {
                out.writeNumber(value.doubleValue());
            }
        }
    }

    private static final class TimeSerializer extends ToStringSerializerBase {
        private TimeSerializer() {
            super(Instant.class);
        }

        @Override
        public String valueToString(Object time) {
            return UtcTime.format((Instant) time);
        }
    }

    static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }

    static JsonNode without(JsonNode tree, List<String> names) {
        return tree instanceof ObjectNode object ? object.without(names) : tree;
    }

    /**
     * The properties of a record, in the order in which they are written. Those of a nested record follow its name and a
     * dot, such as {@code crop.method}.
     */
    static List<String> columns(Class<?> type) {
        try {
            List<String> names = new ArrayList<>();
            Iterator<PropertyWriter> properties = MAPPER.getSerializerProviderInstance()
                    .findValueSerializer(type)
                    .properties();
            properties.forEachRemaining(property -> {
                Class<?> nested = property.getType().getRawClass();
                if (nested.isRecord()) {
                    columns(nested).forEach(inner -> names.add(property.getName() + NESTED + inner));
                } else {
                    names.add(property.getName());
                }
            });
            return names;
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(type + " cannot be printed", e);
        }
    }

    /** The value of one of the {@link #columns}. */
    static JsonNode value(JsonNode tree, String column) {
        JsonNode value = tree;
        for (String name : column.split(Pattern.quote(NESTED), -1)) {
            value = value.path(name);
        }
        return value;
    }

    /** A value as text for people: elements of a list between brackets. */
    static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(Tree::text)
                        .collect(Collectors.joining(", ", "[", "]"))
                : value.isObject() ? value.toString() : value.asText();
    }

    /** A value as a cell of a table: empty if null, JSON if nested. */
    static String cell(JsonNode value) {
        return value.isNull() || value.isMissingNode()
                ? ""
                : value.isContainerNode() ? value.toString() : value.asText();
    }
}
