package dev.stampede.streaming.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of generated classes as JSON objects, as {@link AvroMap} describes them, and back. Reading gives the same record,
 * except that JSON has no NaN and no infinity: null is NaN in a field that cannot be null. A field that is missing has its
 * default, an unknown one is ignored. Thread-safe.
 */
public final class AvroJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final GeneratedClasses CLASSES = new GeneratedClasses();

    private AvroJson() {}

    /**
     * The JSON of {@code record}, UTF-8.
     *
     * @param arrays how its arrays of pixels are written
     */
    public static byte[] write(SpecificRecord record, PixelArrays arrays) {
        try {
            return MAPPER.writeValueAsBytes(AvroMap.of(record, arrays));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write JSON in memory", e);
        }
    }

    /** Reads a record of {@code type}; throws an IOException, which names the field, if {@code json} is not one. */
    public static <T extends SpecificRecord> T read(Class<T> type, byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            T record = type.cast(record(CLASSES.getSchema(type), parser));
            if (parser.nextToken() != null) {
                throw new IOException("there is more text after the JSON object");
            }
            return record;
        }
    }

    private static SpecificRecord record(Schema schema, JsonParser parser) throws IOException {
        require(parser, JsonToken.START_OBJECT, "an object");
        SpecificRecord record = (SpecificRecord) CLASSES.newRecord(null, schema);
        boolean[] given = new boolean[schema.getFields().size()];
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Schema.Field field = schema.getField(name);
            parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else {
                record.put(field.pos(), value(field, parser));
                given[field.pos()] = true;
            }
        }
        for (Schema.Field field : schema.getFields()) {
            if (!given[field.pos()]) {
                record.put(field.pos(), defaultOf(field));
            }
        }
        return record;
    }

    private static @Nullable Object defaultOf(Schema.Field field) throws IOException {
        if (!field.hasDefaultValue()) {
            throw new IOException("the field " + field.name() + " is missing");
        }
        return CLASSES.getDefaultValue(field);
    }

    private static @Nullable Object value(Schema.Field field, JsonParser parser) throws IOException {
        try {
            return value(field.schema(), parser);
        } catch (IllegalArgumentException | DateTimeException | AvroRuntimeException e) {
            throw new IOException("the field " + field.name() + " has an invalid value: " + e.getMessage(), e);
        }
    }

    private static @Nullable Object value(Schema schema, JsonParser parser) throws IOException {
        boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
        return switch (schema.getType()) {
            case UNION -> isNull ? null : value(NullableSchema.nonNull(schema), parser);
            case RECORD -> record(schema, parser);
            case BOOLEAN -> flag(parser);
            case INT -> Integer.parseInt(number(parser));
            case LONG ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                        ? Instant.parse(text(parser))
                        : (Object) Long.parseLong(number(parser));
            // From the text: through a double the last digit of a float could be rounded twice.
            case FLOAT -> isNull ? Float.NaN : Float.parseFloat(number(parser));
            case DOUBLE -> isNull ? Double.NaN : Double.parseDouble(number(parser));
            case STRING -> text(parser);
            case ENUM -> symbol(schema, text(parser));
            case BYTES -> bytes(parser);
            default -> throw new IllegalArgumentException("JSON of the type " + schema.getType() + " is not read");
        };
    }

    private static Object symbol(Schema schema, String text) {
        String known = schema.hasEnumSymbol(text) ? text : schema.getEnumDefault();
        if (known == null) {
            throw new IllegalArgumentException(text + " is not one of " + schema.getEnumSymbols());
        }
        return CLASSES.createEnum(known, schema);
    }

    private static ByteBuffer bytes(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return ByteBuffer.wrap(Base64.getDecoder().decode(parser.getText()));
        }
        require(parser, JsonToken.START_ARRAY, "base64 or a list");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer next = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else {
                float value = token == JsonToken.VALUE_NULL ? Float.NaN : Float.parseFloat(number(parser));
                bytes.writeBytes(next.putFloat(0, value).array());
            }
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    private static boolean flag(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isBoolean()) {
            throw new IllegalArgumentException("it is not true or false");
        }
        return parser.getBooleanValue();
    }

    private static String number(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isNumeric()) {
            throw new IllegalArgumentException("it is not a number");
        }
        return parser.getText();
    }

    private static String text(JsonParser parser) throws IOException {
        require(parser, JsonToken.VALUE_STRING, "a text");
        return parser.getText();
    }

    private static void require(JsonParser parser, JsonToken token, String description) {
        if (parser.currentToken() != token) {
            throw new IllegalArgumentException("it is not " + description);
        }
    }
}
