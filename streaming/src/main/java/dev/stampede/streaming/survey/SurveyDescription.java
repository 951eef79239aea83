package dev.stampede.streaming.survey;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.Plane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The fields of one survey's packets that Stampede needs, by field paths. Immutable. */
public final class SurveyDescription {
    private final SurveyFile file;

    /** The name of the survey in classifications. */
    final String survey;

    /** Full names of its schemas; {@code *} stands for any characters. */
    private final List<String> schemas;

    /** Fields that a schema must have in addition to its name to be recognised. */
    private final List<FieldPath> requiredFields;

    final FieldChoice id;

    /** The object that the survey associates with the alert. */
    final FieldChoice objectId;

    /** The survey's id of the known Solar System object. */
    final FieldChoice knownObjectId;

    final FieldChoice knownObjectName;

    /** Arcseconds, from the detection to the predicted position. */
    final FieldChoice knownObjectDistance;

    /** The distance up to which a detection without an id is the object, arcseconds; if absent, it always is. */
    final OptionalDouble knownObjectMaxDistanceArcsec;

    final FieldChoice time;
    final TimeFormat timeFormat;
    final TimeScale timeScale;

    /** Degrees. */
    final FieldChoice rightAscension;

    /** Degrees. */
    final FieldChoice declination;

    final FieldChoice band;

    /** Names of filters that packets contain as codes. */
    final Map<String, String> bandNames;

    final FieldChoice signalToNoise;

    /** For the S/N if the packet has none. */
    final FieldChoice flux;

    /** The standard deviation of {@link #flux}. */
    final FieldChoice fluxError;

    final FieldChoice magnitude;

    /** For the magnitude if the packet has none. */
    final FieldChoice fluxNanojansky;

    /** True if the source is dark in the difference image. */
    final FieldChoice negative;

    /** False if it is dark, for packets without {@link #negative}. */
    final FieldChoice positive;

    /** Below 0 if it is dark, for packets with neither. */
    final FieldChoice signedFlux;

    /** The survey's real-bogus score. */
    final FieldChoice surveyScore;

    /** FITS files as bytes, gzipped or not. */
    final Map<Plane, FieldChoice> cutouts;

    /** The side of a pixel of the cutouts, arcseconds. */
    final FieldChoice pixelScale;

    /** The same for packets without {@link #pixelScale}. */
    final OptionalDouble pixelScaleArcsec;

    /** Throws an IllegalArgumentException if a key of {@code file} is missing or invalid. */
    SurveyDescription(SurveyFile file) {
        this.file = file;
        SurveyFile.Recognise recognise = require(file.recognise(), "recognise");
        SurveyFile.Time when = require(file.time(), "time");
        SurveyFile.Band filter = file.band() == null ? new SurveyFile.Band(null, null) : file.band();
        SurveyFile.SignalToNoise signal =
                file.signalToNoise() == null ? new SurveyFile.SignalToNoise(null, null, null) : file.signalToNoise();
        SurveyFile.Magnitude brightness =
                file.magnitude() == null ? new SurveyFile.Magnitude(null, null) : file.magnitude();
        SurveyFile.Polarity polarity =
                file.polarity() == null ? new SurveyFile.Polarity(null, null, null) : file.polarity();
        SurveyFile.KnownObjectFields known = file.knownObject() == null
                ? new SurveyFile.KnownObjectFields(null, null, null, null)
                : file.knownObject();
        List<String> scales = file.pixelScaleArcsec() == null ? List.of() : file.pixelScaleArcsec();
        survey = require(file.survey(), "survey");
        schemas = List.copyOf(require(recognise.schemas(), "recognise.schemas"));
        requiredFields = choice(recognise.fields()).paths();
        id = FieldChoice.parse(require(file.id(), "id"));
        objectId = choice(file.objectId());
        knownObjectId = choice(known.id());
        knownObjectName = choice(known.name());
        knownObjectDistance = choice(known.distanceArcsec());
        knownObjectMaxDistanceArcsec = maxDistance(known);
        time = FieldChoice.parse(require(when.field(), "time.field"));
        timeFormat = require(when.format(), "time.format");
        timeScale = require(when.scale(), "time.scale");
        rightAscension = FieldChoice.parse(require(file.rightAscension(), "rightAscension"));
        declination = FieldChoice.parse(require(file.declination(), "declination"));
        band = choice(filter.field());
        bandNames = filter.names() == null ? Map.of() : Map.copyOf(filter.names());
        signalToNoise = choice(signal.field());
        flux = choice(signal.flux());
        fluxError = choice(signal.error());
        magnitude = choice(brightness.field());
        fluxNanojansky = choice(brightness.fluxNanojansky());
        negative = choice(polarity.negative());
        positive = choice(polarity.positive());
        signedFlux = choice(polarity.flux());
        surveyScore = choice(file.surveyScore());
        cutouts = cutouts(file);
        pixelScale = choice(scales.stream().filter(text -> !isNumber(text)).toList());
        pixelScaleArcsec = scales.stream()
                .filter(SurveyDescription::isNumber)
                .mapToDouble(SurveyDescription::scale)
                .findFirst();
    }

    private static Map<Plane, FieldChoice> cutouts(SurveyFile file) {
        Map<Plane, FieldChoice> cutouts = new EnumMap<>(Plane.class);
        require(file.cutouts(), "cutouts").forEach((plane, paths) -> {
            if (!plane.isCutout()) {
                throw new IllegalArgumentException("cutouts." + plane.planeName() + " is not a cutout of a packet");
            }
            cutouts.put(plane, FieldChoice.parse(paths));
        });
        return Map.copyOf(cutouts);
    }

    public String survey() {
        return survey;
    }

    /** The same with another field as the survey's score; throws IllegalArgumentException if it is not a path of fields. */
    SurveyDescription withSurveyScore(String field) {
        return new SurveyDescription(file.withSurveyScore(field));
    }

    /** Whether packets with {@code schema} are from this survey. */
    boolean recognises(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                && schemas.stream().anyMatch(name -> matches(name, schema.getFullName()))
                && requiredFields.stream()
                        .allMatch(field -> field.typeIn(schema).isPresent());
    }

    private static boolean matches(String pattern, String name) {
        return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), name);
    }

    /** Field names do not start with a digit. */
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

    private static OptionalDouble maxDistance(SurveyFile.KnownObjectFields known) {
        if (known.maxDistanceArcsec() == null) {
            return OptionalDouble.empty();
        }
        double max = known.maxDistanceArcsec();
        if (!(max > 0 && Double.isFinite(max))) {
            throw new IllegalArgumentException("knownObject.maxDistanceArcsec is " + max + ", not above 0 arcseconds");
        }
        return OptionalDouble.of(max);
    }

    private static FieldChoice choice(@Nullable List<String> paths) {
        return FieldChoice.parse(paths == null ? List.of() : paths);
    }

    private static <T> T require(@Nullable T value, String key) {
        if (value == null) {
            throw new IllegalArgumentException("the key " + key + " is missing");
        }
        return value;
    }
}
