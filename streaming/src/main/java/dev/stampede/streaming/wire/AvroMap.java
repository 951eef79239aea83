package dev.stampede.streaming.wire;

import dev.stampede.stamps.table.UtcTime;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Avro records as maps, to print them as JSON. */
public final class AvroMap {
    private AvroMap() {}

    /** The fields in the order of the schema. Enums and times are text, nested records are maps, bytes are left out. */
    public static Map<String, @Nullable Object> of(SpecificRecord record) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value instanceof SpecificRecord nested) {
                map.put(field.name(), of(nested));
            } else if (!(value instanceof ByteBuffer)) {
                map.put(field.name(), printed(value));
            }
        }
        return map;
    }

    private static @Nullable Object printed(@Nullable Object value) {
        if (value instanceof Instant time) {
            return UtcTime.format(time);
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
