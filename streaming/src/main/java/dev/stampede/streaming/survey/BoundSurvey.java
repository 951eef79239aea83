package dev.stampede.streaming.survey;

import static dev.stampede.streaming.survey.BoundField.BYTES;
import static dev.stampede.streaming.survey.BoundField.FLAGS;
import static dev.stampede.streaming.survey.BoundField.NUMBERS;
import static dev.stampede.streaming.survey.BoundField.TEXTS;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.Plane;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** The description of a survey, bound to one schema: extracts values from packets. Immutable. */
public final class BoundSurvey {
    /** What LSST writes for no object. */
    private static final Pattern ZERO = Pattern.compile("0");

    /** The AB magnitude of 1 nJy: 3631 Jy is magnitude 0 (Oke and Gunn 1983). */
    private static final double NANOJANSKY_MAGNITUDE = 31.4;

    private static final FieldChoice NONE = new FieldChoice(List.of());

    private final SurveyDescription survey;
    private final Schema projection;
    private final BoundField id;
    private final BoundField objectId;
    private final BoundKnownObject knownObject;
    private final BoundField time;
    private final BoundField rightAscension;
    private final BoundField declination;
    private final BoundField band;
    private final BoundField signalToNoise;
    private final BoundField flux;
    private final BoundField fluxError;
    private final BoundField magnitude;
    private final BoundField fluxNanojansky;
    private final BoundField negative;
    private final BoundField positive;
    private final BoundField signedFlux;
    private final BoundField surveyScore;
    private final BoundField pixelScale;
    private final Map<Plane, BoundField> cutouts = new EnumMap<>(Plane.class);

    /**
     * Resolves the fields of {@code survey} in {@code writer}.
     *
     * @param wanted the planes to read; other cutouts are skipped, and no packet has coadds
     * @throws SchemaMismatchException if a required field is missing or a field has an unsupported type
     */
    public BoundSurvey(SurveyDescription survey, Collection<Plane> wanted, Schema writer) {
        this.survey = survey;
        this.projection = Projection.of(writer, paths(survey, wanted));
        id = BoundField.required(survey.id, projection, TEXTS);
        objectId = BoundField.optional(survey.objectId, projection, TEXTS);
        knownObject = new BoundKnownObject(survey, projection);
        time = BoundField.required(survey.time, projection, NUMBERS);
        rightAscension = BoundField.required(survey.rightAscension, projection, NUMBERS);
        declination = BoundField.required(survey.declination, projection, NUMBERS);
        band = BoundField.optional(survey.band, projection, TEXTS);
        signalToNoise = BoundField.optional(survey.signalToNoise, projection, NUMBERS);
        flux = BoundField.optional(survey.flux, projection, NUMBERS);
        fluxError = BoundField.optional(survey.fluxError, projection, NUMBERS);
        magnitude = BoundField.optional(survey.magnitude, projection, NUMBERS);
        fluxNanojansky = BoundField.optional(survey.fluxNanojansky, projection, NUMBERS);
        negative = BoundField.optional(survey.negative, projection, FLAGS);
        positive = BoundField.optional(survey.positive, projection, FLAGS);
        signedFlux = BoundField.optional(survey.signedFlux, projection, NUMBERS);
        surveyScore = BoundField.optional(survey.surveyScore, projection, NUMBERS);
        pixelScale = BoundField.optional(survey.pixelScale, projection, NUMBERS);
        for (Plane plane : wanted) {
            cutouts.put(plane, BoundField.optional(cutout(survey, plane), projection, BYTES));
        }
    }

    private static List<FieldPath> paths(SurveyDescription survey, Collection<Plane> wanted) {
        Stream<FieldChoice> values = Stream.of(
                survey.id,
                survey.objectId,
                survey.time,
                survey.rightAscension,
                survey.declination,
                survey.band,
                survey.signalToNoise,
                survey.flux,
                survey.fluxError,
                survey.magnitude,
                survey.fluxNanojansky,
                survey.negative,
                survey.positive,
                survey.signedFlux,
                survey.surveyScore,
                survey.pixelScale);
        Stream<FieldChoice> images = wanted.stream().map(plane -> cutout(survey, plane));
        return Stream.of(values, BoundKnownObject.fields(survey), images)
                .flatMap(choices -> choices)
                .flatMap(choice -> choice.paths().stream())
                .toList();
    }

    private static FieldChoice cutout(SurveyDescription survey, Plane plane) {
        return survey.cutouts.getOrDefault(plane, NONE);
    }

    /** The reader schema for Avro: the writer's schema without unused fields. */
    public Schema projection() {
        return projection;
    }

    /** The survey's name. */
    public String survey() {
        return survey.survey;
    }

    public TimeScale timeScale() {
        return survey.timeScale;
    }

    public Optional<String> id(IndexedRecord packet) {
        return id.text(packet);
    }

    /** The object; empty if the packet has none, or 0. */
    public Optional<String> objectId(IndexedRecord packet) {
        return objectId.identifier(packet, ZERO);
    }

    /** The known Solar System object at or near the detection; empty if the packet names none. */
    public Optional<KnownObject> knownObject(IndexedRecord packet) {
        return knownObject.of(packet);
    }

    /** Modified Julian Date in days, in {@link #timeScale}; may not be finite. */
    public OptionalDouble mjd(IndexedRecord packet) {
        OptionalDouble days = time.number(packet);
        return days.isPresent() ? OptionalDouble.of(survey.timeFormat.toMjd(days.getAsDouble())) : days;
    }

    /** As in the packet; may not be finite. */
    public OptionalDouble rightAscensionDegrees(IndexedRecord packet) {
        return rightAscension.number(packet);
    }

    /** As in the packet; may not be finite. */
    public OptionalDouble declinationDegrees(IndexedRecord packet) {
        return declination.number(packet);
    }

    /** The name of the filter; a code that the description does not map is returned unchanged. */
    public Optional<String> band(IndexedRecord packet) {
        return band.text(packet).map(code -> survey.bandNames.getOrDefault(code, code));
    }

    /** The S/N of the packet, else flux divided by its error if that is above 0. */
    public OptionalDouble signalToNoise(IndexedRecord packet) {
        OptionalDouble given = signalToNoise.finiteNumber(packet);
        OptionalDouble error = fluxError.finiteNumber(packet);
        OptionalDouble value = flux.finiteNumber(packet);
        return given.isEmpty() && value.isPresent() && error.orElse(0) > 0
                ? OptionalDouble.of(value.getAsDouble() / error.getAsDouble())
                : given;
    }

    /** The magnitude of the detection, or that of the amount of its flux; empty if the packet has neither. */
    public OptionalDouble magnitude(IndexedRecord packet) {
        OptionalDouble given = magnitude.finiteNumber(packet);
        double flux = Math.abs(fluxNanojansky.finiteNumber(packet).orElse(0));
        return given.isEmpty() && flux > 0 ? OptionalDouble.of(NANOJANSKY_MAGNITUDE - 2.5 * Math.log10(flux)) : given;
    }

    /** Whether the source is dark in the difference image; false if the packet does not state it. */
    public boolean isNegative(IndexedRecord packet) {
        return negative.flag(packet)
                .or(() -> positive.flag(packet).map(isPositive -> !isPositive))
                .orElseGet(() -> signedFlux.finiteNumber(packet).orElse(0) < 0);
    }

    public OptionalDouble surveyScore(IndexedRecord packet) {
        return surveyScore.finiteNumber(packet);
    }

    /** The pixel scale of the cutouts, arcseconds, above 0: that of the packet, else that of the survey. */
    public OptionalDouble pixelScaleArcsec(IndexedRecord packet) {
        OptionalDouble reported = pixelScale.finiteNumber(packet);
        return reported.orElse(0) > 0 ? reported : survey.pixelScaleArcsec;
    }

    /** A view of a wanted plane; empty if the packet has none. */
    public Optional<ByteBuffer> cutout(IndexedRecord packet, Plane plane) {
        BoundField field = cutouts.get(plane);
        if (field == null) {
            throw new IllegalArgumentException("the cutout " + plane + " was not wanted");
        }
        return field.bytes(packet);
    }
}
