package dev.stampede.streaming.explain;

import dev.stampede.schemas.OcclusionMap;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.explain.OcclusionSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Occlusion maps as they are published. */
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
}
