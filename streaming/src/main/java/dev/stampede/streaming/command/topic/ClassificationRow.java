package dev.stampede.streaming.command.topic;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.OcclusionMap;
import dev.stampede.streaming.wire.AvroMap;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a classification is printed: as text, or as JSON with the names of the schema. */
record ClassificationRow(Classification classification) {
    /** The time, verdict, probability or abstention reason, and alert id. */
    String toText() {
        String result = classification.getProbability() == null
                ? String.valueOf(classification.getAbstentionReason())
                : String.format(Locale.ROOT, "%.6f", classification.getProbability());
        return String.format(
                Locale.ROOT,
                "%s  %-7s  %-22s  %s",
                classification.getScoredTime(),
                classification.getVerdict(),
                result,
                classification.getAlertId());
    }

    @JsonValue
    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = AvroMap.of(classification);
        OcclusionMap map = classification.getOcclusionMap();
        if (map == null) {
            json.remove("occlusionMap");
            json.remove("judgedOnBackground");
        } else {
            Map<String, @Nullable Object> printed = AvroMap.of(map);
            printed.remove("width");
            printed.remove("height");
            printed.put("values", rows(map));
            json.put("occlusionMap", printed);
        }
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
