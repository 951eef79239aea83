package dev.stampede.streaming.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.schemas.Crop;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionResult;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.table.UtcTime;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.scoring.CropDescription;
import dev.stampede.streaming.scoring.ModelIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** The JSON of the page. Pixels are base64 of little-endian float32, row by row; unknown values are null. */
final class LiveJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private LiveJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ObjectNode problem(String description) {
        return object().put("problem", description);
    }

    /** Records as the page lists them, and the surveys to choose from. */
    static ObjectNode list(List<LiveRecord> records, List<String> surveys) {
        ObjectNode list = object();
        ArrayNode items = list.putArray("classifications");
        records.forEach(record -> items.add(brief(record)));
        ArrayNode names = list.putArray("surveys");
        surveys.forEach(names::add);
        return list;
    }

    /** The content of a tile. */
    static ObjectNode brief(LiveRecord record) {
        Alert alert = record.classified().alert();
        Prediction prediction = record.classified().prediction();
        ObjectNode node = object().put("sequence", record.sequence())
                .put("alertId", alert.id())
                .put("survey", alert.survey())
                .put("band", alert.band())
                .put("verdict", prediction.verdict().name())
                .put("scoredTime", UtcTime.format(record.classified().scoredTime()));
        if (prediction instanceof Prediction.Scored scored) {
            node.put("probability", scored.probability());
        } else {
            node.putNull("probability");
        }
        prediction
                .abstention()
                .ifPresentOrElse(
                        reason -> node.put("abstentionReason", reason.name()), () -> node.putNull("abstentionReason"));
        record.picture().ifPresentOrElse(stamp -> node.set("stamp", pixels(stamp)), () -> node.putNull("stamp"));
        return node;
    }

    /** All fields of a record. */
    static ObjectNode full(LiveRecord record) {
        Alert alert = record.classified().alert();
        ModelIdentity model = record.classified().model();
        ObjectNode node = brief(record)
                .put("objectId", alert.objectId().orElse(null))
                .put("threshold", model.threshold())
                .put("modelName", model.name())
                .put("modelVersion", model.version())
                .put("modelSha256", model.sha256())
                .put("recipe", model.recipe())
                .put("executionProvider", record.classified().executionProvider())
                .put("timeScale", alert.timeScale().name())
                .put("negated", alert.negated());
        alert.mjd().ifPresentOrElse(mjd -> node.put("mjd", mjd), () -> node.putNull("mjd"));
        node.set("crop", crop(record));
        alert.position()
                .ifPresent(position -> node.put("rightAscensionDegrees", position.rightAscensionDegrees())
                        .put("declinationDegrees", position.declinationDegrees()));
        alert.knownObject().ifPresent(known -> {
            node.put("ssObjectId", known.id().orElse(null))
                    .put("knownObjectName", known.name().orElse(null))
                    .put("matchesKnownObject", known.isMatch());
            known.distanceArcsec().ifPresent(arcsec -> put(node, "knownObjectDistanceArcsec", arcsec));
        });
        alert.signalToNoise().ifPresent(value -> put(node, "signalToNoise", value));
        alert.surveyScore().ifPresent(value -> put(node, "surveyScore", (float) value));
        if (record.classified().prediction() instanceof Prediction.Scored scored) {
            put(node, "probabilitySpread", scored.spread());
        }
        PixelQuality quality = record.classified().prediction().quality();
        ObjectNode measured = node.putObject("quality");
        put(measured, "median", quality.median());
        put(measured, "sigmaG", quality.sigmaG());
        put(measured, "maskedFraction", quality.maskedFraction());
        put(measured, "peakSignalToNoise", quality.peakSignalToNoise());
        put(measured, "centroidOffsetPixels", quality.centroidOffsetPixels());
        return node;
    }

    private static ObjectNode crop(LiveRecord record) {
        Crop crop = CropDescription.of(
                record.classified().alert(),
                record.classified().prediction(),
                record.classified().model().stampSize());
        return object().put("method", crop.getMethod().name())
                .put("width", crop.getWidth())
                .put("height", crop.getHeight())
                .put("magnification", crop.getMagnification())
                .put("padded", crop.getPadded());
    }

    /** An occlusion map: by pixel, the drop of the verdict's probability when it is hidden. */
    static ObjectNode map(Explanation explanation, OcclusionResult map) {
        float[] values = new float[map.pixels().rows() * map.pixels().columns()];
        map.pixels().copyTo(values, 0);
        ObjectNode node = object().put(
                        "verdict", explanation.prediction().verdict().name())
                .put("width", map.pixels().columns())
                .put("height", map.pixels().rows())
                .put("values", base64(values));
        put(node, "apertureShare", map.apertureShare());
        return node;
    }

    private static ObjectNode pixels(Stamp stamp) {
        float[] values = new float[stamp.width() * stamp.height()];
        stamp.copyTo(values, 0);
        return object().put("width", stamp.width())
                .put("height", stamp.height())
                .put("pixels", base64(values));
    }

    private static String base64(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** The shortest digits that give the same float; JSON has no NaN. */
    static void put(ObjectNode node, String name, float value) {
        if (Float.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }

    /** JSON has no NaN. */
    static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
