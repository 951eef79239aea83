package dev.stampede.streaming.survey;

import dev.stampede.schemas.TimeScale;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/**
 * Where the packets of one survey keep what Stampede needs, by paths of fields.
 *
 * @param survey the survey's name, as classifications tell it
 * @param schemas full names of its schemas; {@code *} stands for any characters
 * @param fields the fields that a schema must have, besides the name, to be taken as this survey's
 * @param id names the alert
 * @param objectId the object the survey links it to
 * @param time when the candidate was seen, in days
 * @param timeFormat how those days are counted
 * @param timeScale the time scale they are counted in
 * @param rightAscension degrees
 * @param declination degrees
 * @param band the filter
 * @param bandNames the names of filters that the packet gives by a code
 * @param signalToNoise the S/N of the detection
 * @param flux the flux of the detection, for an S/N where the packet gives none
 * @param fluxError its standard deviation
 * @param surveyScore the survey's own real-bogus score
 * @param cutouts the images, FITS files as bytes, gzipped or plain
 * @param pixelScale the side of a pixel of the images, arcseconds, where packets say it
 * @param pixelScaleArcsec the same, where they do not
 */
public record SurveyDescription(
        String survey,
        List<String> schemas,
        List<FieldPath> fields,
        FieldChoice id,
        FieldChoice objectId,
        FieldChoice time,
        TimeFormat timeFormat,
        TimeScale timeScale,
        FieldChoice rightAscension,
        FieldChoice declination,
        FieldChoice band,
        Map<String, String> bandNames,
        FieldChoice signalToNoise,
        FieldChoice flux,
        FieldChoice fluxError,
        FieldChoice surveyScore,
        Map<CutoutKind, FieldChoice> cutouts,
        FieldChoice pixelScale,
        OptionalDouble pixelScaleArcsec) {
    public SurveyDescription {
        schemas = List.copyOf(schemas);
        fields = List.copyOf(fields);
        bandNames = Map.copyOf(bandNames);
        cutouts = Map.copyOf(cutouts);
    }

    /** Whether packets of that schema are this survey's. */
    boolean recognises(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                && schemas.stream().anyMatch(name -> matches(name, schema.getFullName()))
                && fields.stream().allMatch(field -> field.typeIn(schema).isPresent());
    }

    private static boolean matches(String pattern, String name) {
        return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), name);
    }
}
