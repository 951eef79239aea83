package dev.stampede.streaming.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.OcclusionMap;
import dev.stampede.schemas.StampQuality;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;

/** How classifications are written: a line each. */
enum ClassificationLines {
    /** Columns for the eye: time of judgement, verdict, probability or reason, alert. */
    TEXT {
        @Override
        String line(Classification said) {
            String why = said.getProbability() == null
                    ? String.valueOf(said.getAbstentionReason())
                    : String.format(Locale.ROOT, "%.6f", said.getProbability());
            return String.format(
                    Locale.ROOT,
                    "%s  %-7s  %-22s  %s",
                    said.getScoredTime(),
                    said.getVerdict(),
                    why,
                    said.getAlertId());
        }
    },
    /** One JSON object a line, named as in the schema; what was not measured is null. */
    JSON {
        @Override
        String line(Classification said) {
            ObjectNode line = MAPPER.createObjectNode()
                    .put("alertId", said.getAlertId())
                    .put("objectId", said.getObjectId())
                    .put("survey", said.getSurvey())
                    .put("band", said.getBand())
                    .put("verdict", said.getVerdict().name())
                    .put(
                            "abstentionReason",
                            said.getAbstentionReason() == null
                                    ? null
                                    : said.getAbstentionReason().name())
                    .put("probability", said.getProbability())
                    .put("threshold", said.getThreshold())
                    .put("modelName", said.getModelName())
                    .put("modelVersion", said.getModelVersion())
                    .put("modelSha256", said.getModelSha256())
                    .put("recipe", said.getRecipe())
                    .put("surveyScore", said.getSurveyScore())
                    .put("executionProvider", said.getExecutionProvider())
                    .put("mjd", said.getMjd())
                    .put("timeScale", said.getTimeScale().name())
                    .put("ingestTime", said.getIngestTime().toString())
                    .put("scoredTime", said.getScoredTime().toString());
            line.put("probabilitySpread", said.getProbabilitySpread());
            if (said.getOcclusionMap() != null) {
                addMap(said, said.getOcclusionMap(), line);
            }
            StampQuality quality = said.getQuality();
            ObjectNode measured = line.putObject("quality");
            put(measured, "median", quality.getMedian());
            put(measured, "sigmaG", quality.getSigmaG());
            put(measured, "maskedFraction", quality.getMaskedFraction());
            put(measured, "peakSignalToNoise", quality.getPeakSignalToNoise());
            put(measured, "centroidOffsetPixels", quality.getCentroidOffsetPixels());
            line.putObject("crop")
                    .put("method", said.getCrop().getMethod().name())
                    .put("width", said.getCrop().getWidth())
                    .put("height", said.getCrop().getHeight())
                    .put("magnification", said.getCrop().getMagnification())
                    .put("padded", said.getCrop().getPadded());
            return line.toString();
        }
    };

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static void addMap(Classification said, OcclusionMap map, ObjectNode line) {
        line.put("judgedOnBackground", said.getJudgedOnBackground());
        ObjectNode shown = line.putObject("occlusionMap")
                .put("patchPixels", map.getPatchPixels())
                .put("stridePixels", map.getStridePixels())
                .put("fill", map.getFill())
                .put("search", map.getSearch())
                .put("apertureShare", map.getApertureShare());
        ArrayNode rows = shown.putArray("values");
        FloatBuffer values =
                map.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (int row = 0; row < map.getHeight(); row++) {
            ArrayNode columns = rows.addArray();
            for (int column = 0; column < map.getWidth(); column++) {
                columns.add(values.get());
            }
        }
    }

    private static void put(ObjectNode node, String name, float value) {
        if (Float.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name); // JSON has no NaN
        }
    }

    abstract String line(Classification said);
}
