package dev.stampede.streaming.survey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.Plane;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content of a YAML file that describes a survey; docs/how-to/add-a-survey.md documents the keys. Absent keys are null. */
record SurveyFile(
        @Nullable String survey,
        @Nullable Recognise recognise,
        @Nullable List<String> id,
        @Nullable List<String> objectId,
        @Nullable KnownObjectFields knownObject,
        @Nullable Time time,
        @Nullable List<String> rightAscension,
        @Nullable List<String> declination,
        @Nullable Band band,
        @Nullable SignalToNoise signalToNoise,
        @Nullable Magnitude magnitude,
        @Nullable Polarity polarity,
        @Nullable List<String> surveyScore,
        @Nullable Map<Plane, List<String>> cutouts,
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

    /** The magnitude of the detection, or its flux in nJy, from which the AB magnitude follows. */
    record Magnitude(@Nullable List<String> field, @Nullable List<String> fluxNanojansky) {}

    /** Fields of the known Solar System object at or near the detection, and the distance up to which it is a match. */
    record KnownObjectFields(
            @Nullable List<String> id,
            @Nullable List<String> name,
            @Nullable List<String> distanceArcsec,
            @Nullable Double maxDistanceArcsec) {}

    /** Fields that tell a detection whose source is dark in the difference image, in order of precedence. */
    record Polarity(
            @Nullable List<String> negative,
            @Nullable List<String> positive,
            @Nullable List<String> flux) {}

    /** The same with another field as the survey's score. */
    SurveyFile withSurveyScore(String field) {
        return new SurveyFile(
                survey,
                recognise,
                id,
                objectId,
                knownObject,
                time,
                rightAscension,
                declination,
                band,
                signalToNoise,
                magnitude,
                polarity,
                List.of(field),
                cutouts,
                pixelScaleArcsec);
    }

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
            return new SurveyDescription(file);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
