package dev.stampede.streaming.survey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stampede.schemas.TimeScale;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of a survey's file, in YAML; docs/surveys.md tells each key. Absent keys are null. */
record SurveyFile(
        @Nullable String survey,
        @Nullable Recognise recognise,
        @Nullable List<String> id,
        @Nullable List<String> objectId,
        @Nullable Time time,
        @Nullable List<String> rightAscension,
        @Nullable List<String> declination,
        @Nullable Band band,
        @Nullable SignalToNoise signalToNoise,
        @Nullable List<String> surveyScore,
        @Nullable Map<CutoutKind, List<String>> cutouts,
        @Nullable List<String> pixelScaleArcsec) {

    record Recognise(
            @Nullable List<String> schemas, @Nullable List<String> fields) {}

    record Time(
            @Nullable List<String> field,
            @Nullable TimeFormat format,
            @Nullable TimeScale scale) {}

    record Band(@Nullable List<String> field, @Nullable Map<String, String> names) {}

    record SignalToNoise(
            @Nullable List<String> field,
            @Nullable List<String> flux,
            @Nullable List<String> error) {}

    private static final ObjectReader READER = YAMLMapper.builder()
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build()
            .readerFor(SurveyFile.class);

    /**
     * The description in {@code yaml}.
     *
     * @throws IllegalArgumentException if a key is unknown, missing or wrong; the message names it
     */
    static SurveyDescription parse(String yaml) {
        try {
            SurveyFile file = READER.readValue(yaml);
            if (file == null) {
                throw new IllegalArgumentException("it is empty");
            }
            return file.describe();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private SurveyDescription describe() {
        Recognise recognised = demand(recognise, "recognise");
        Time when = demand(time, "time");
        Band filter = band == null ? new Band(null, null) : band;
        SignalToNoise signal = signalToNoise == null ? new SignalToNoise(null, null, null) : signalToNoise;
        Map<CutoutKind, FieldChoice> images = new EnumMap<>(CutoutKind.class);
        demand(cutouts, "cutouts").forEach((kind, paths) -> images.put(kind, FieldChoice.parse(paths)));
        List<String> scales = pixelScaleArcsec == null ? List.of() : pixelScaleArcsec;
        return new SurveyDescription(
                demand(survey, "survey"),
                demand(recognised.schemas(), "recognise.schemas"),
                choice(recognised.fields()).paths(),
                FieldChoice.parse(demand(id, "id")),
                choice(objectId),
                FieldChoice.parse(demand(when.field(), "time.field")),
                demand(when.format(), "time.format"),
                demand(when.scale(), "time.scale"),
                FieldChoice.parse(demand(rightAscension, "rightAscension")),
                FieldChoice.parse(demand(declination, "declination")),
                choice(filter.field()),
                filter.names() == null ? Map.of() : filter.names(),
                choice(signal.field()),
                choice(signal.flux()),
                choice(signal.error()),
                choice(surveyScore),
                images,
                choice(scales.stream().filter(text -> !isNumber(text)).toList()),
                scales.stream()
                        .filter(SurveyFile::isNumber)
                        .mapToDouble(SurveyFile::scale)
                        .findFirst());
    }

    /** No field's name starts with a digit. */
    private static boolean isNumber(String text) {
        return text.matches("[-+.0-9].*");
    }

    private static double scale(String text) {
        double scale = Double.parseDouble(text);
        if (!(scale > 0 && Double.isFinite(scale))) {
            throw new IllegalArgumentException("pixelScaleArcsec is " + text + ", not above 0 arcseconds");
        }
        return scale;
    }

    private static FieldChoice choice(@Nullable List<String> paths) {
        return FieldChoice.parse(paths == null ? List.of() : paths);
    }

    private static <T> T demand(@Nullable T value, String key) {
        if (value == null) {
            throw new IllegalArgumentException("the key " + key + " is missing");
        }
        return value;
    }
}
