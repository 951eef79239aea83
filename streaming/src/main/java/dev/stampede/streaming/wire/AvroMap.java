package dev.stampede.streaming.wire;

import dev.stampede.stamps.table.UtcTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro records as maps, to write them as JSON: the fields in the order of the schema, with its names. Enums are text, times
 * are ISO 8601 in UTC with milliseconds, nested records are maps, a number that is not finite is null.
 */
public final class AvroMap {
    private AvroMap() {}

    /** The fields of {@code record} without its arrays. */
    public static Map<String, @Nullable Object> of(SpecificRecord record) {
        return of(record, PixelArrays.NONE);
    }

    /**
     * The fields of {@code record}.
     *
     * @param arrays how its arrays of pixels are shown
     */
    public static Map<String, @Nullable Object> of(SpecificRecord record, PixelArrays arrays) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value instanceof SpecificRecord nested) {
                map.put(field.name(), of(nested, arrays));
            } else if (!(value instanceof ByteBuffer bytes)) {
                map.put(field.name(), printed(value));
            } else if (arrays == PixelArrays.BASE64) {
                map.put(field.name(), base64(bytes));
            } else if (arrays == PixelArrays.LIST) {
                map.put(field.name(), lists(record, bytes));
            }
        }
        return map;
    }

    private static @Nullable Object printed(@Nullable Object value) {
        if (value instanceof Instant time) {
            return UtcTime.format(time);
        }
        if (value instanceof Float || value instanceof Double) {
            return Double.isFinite(((Number) value).doubleValue()) ? value : null;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }

    /** Rows of the width that the record states; its planes of them, if it states planes. */
    private static List<?> lists(SpecificRecord record, ByteBuffer bytes) {
        FloatBuffer values = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        PixelShape shape = PixelShape.of(record);
        List<List<?>> planes = new ArrayList<>();
        for (int plane = 0; plane < shape.planes(); plane++) {
            planes.add(rows(values, shape.height(), shape.width()));
        }
        return PixelShape.statesPlanes(record) ? planes : planes.get(0);
    }

    private static List<List<@Nullable Float>> rows(FloatBuffer values, int height, int width) {
        List<List<@Nullable Float>> rows = new ArrayList<>();
        for (int row = 0; row < height; row++) {
            List<@Nullable Float> columns = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                float value = values.get();
                columns.add(Float.isFinite(value) ? value : null);
            }
            rows.add(columns);
        }
        return rows;
    }
}
