package dev.stampede.streaming.command.topic;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.stampede.schemas.Classification;
import dev.stampede.stamps.table.UtcTime;
import dev.stampede.streaming.wire.AvroMap;
import dev.stampede.streaming.wire.PixelArrays;
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
                UtcTime.format(classification.getScoredTime()),
                classification.getVerdict(),
                result,
                classification.getAlertId());
    }

    @JsonValue
    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = AvroMap.of(classification, PixelArrays.LIST);
        if (classification.getOcclusionMap() == null) {
            json.remove("occlusionMap");
            json.remove("judgedOnBackground");
        }
        return json;
    }
}
