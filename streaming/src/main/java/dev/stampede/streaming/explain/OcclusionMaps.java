package dev.stampede.streaming.explain;

import dev.stampede.schemas.OcclusionMap;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.streaming.wire.AvroMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Occlusion maps as they are published and printed. */
public final class OcclusionMaps {
    private OcclusionMaps() {}

    /** The Avro record of {@code map}, which was computed with {@code settings}. */
    public static OcclusionMap of(OcclusionResult map, OcclusionSettings settings) {
        Grid pixels = map.pixels();
        float share = map.apertureShare();
        return new OcclusionMap(
                pixels.columns(),
                pixels.rows(),
                littleEndian(pixels),
                settings.patch(),
                settings.stride(),
                settings.fill().fillName(),
                ExplanationSettings.searchName(settings),
                Float.isNaN(share) ? null : share);
    }

    private static ByteBuffer littleEndian(Grid grid) {
        float[] values = new float[grid.rows() * grid.columns()];
        grid.copyTo(values, 0);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    /** The fields of the record for JSON, with {@code values} as rows of numbers. */
    public static Map<String, @Nullable Object> toJson(OcclusionMap map) {
        Map<String, @Nullable Object> json = AvroMap.of(map);
        json.put("values", rows(map));
        return json;
    }

    private static List<List<Float>> rows(OcclusionMap map) {
        FloatBuffer values =
                map.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        List<List<Float>> rows = new ArrayList<>();
        for (int row = 0; row < map.getHeight(); row++) {
            List<Float> columns = new ArrayList<>();
            for (int column = 0; column < map.getWidth(); column++) {
                columns.add(values.get());
            }
            rows.add(columns);
        }
        return rows;
    }
}
