package dev.stampede.streaming.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BoundFieldTest {
    static Stream<Arguments> flags() {
        return Stream.of(
                Arguments.of("\"string\"", "t", Optional.of(true)),
                Arguments.of("\"string\"", "F", Optional.of(false)),
                Arguments.of("\"string\"", "1", Optional.of(true)),
                Arguments.of("\"string\"", "0", Optional.of(false)),
                Arguments.of("\"string\"", "maybe", Optional.empty()),
                Arguments.of("\"boolean\"", true, Optional.of(true)),
                Arguments.of("[\"null\", \"boolean\"]", null, Optional.empty()),
                Arguments.of("\"long\"", 1L, Optional.of(true)),
                Arguments.of("\"long\"", 0L, Optional.of(false)),
                Arguments.of("\"double\"", -1.5, Optional.of(false)),
                Arguments.of("\"double\"", Double.NaN, Optional.empty()));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("flags")
    void readsAFlagOfAnyType(String type, @Nullable Object value, Optional<Boolean> expected) {
        Schema schema = new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"r\", \"fields\": [{\"name\": \"f\", \"type\": " + type
                        + "}]}");
        GenericRecord record = new GenericData.Record(schema);
        record.put("f", value);
        BoundField field = BoundField.optional(FieldChoice.parse(List.of("f")), schema, BoundField.FLAGS);
        assertThat(field.flag(record)).isEqualTo(expected);
    }
}
