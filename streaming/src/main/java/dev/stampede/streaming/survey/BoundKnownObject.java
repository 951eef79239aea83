package dev.stampede.streaming.survey;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** The fields of the known Solar System object, bound to one schema. Immutable. */
final class BoundKnownObject {
    /** What surveys write for no object: LSST an id of 0, ZTF the text null and a distance of -999. */
    private static final Pattern NONE = Pattern.compile("0|-|-\\d+(\\.\\d*)?|null|none|nan", Pattern.CASE_INSENSITIVE);

    private final BoundField id;
    private final BoundField name;
    private final BoundField distance;
    private final OptionalDouble maxDistanceArcsec;

    /** @throws SchemaMismatchException if a field has an unsupported type */
    BoundKnownObject(SurveyDescription survey, Schema schema) {
        id = BoundField.optional(survey.knownObjectId, schema, BoundField.TEXTS);
        name = BoundField.optional(survey.knownObjectName, schema, BoundField.TEXTS);
        distance = BoundField.optional(survey.knownObjectDistance, schema, BoundField.NUMBERS);
        maxDistanceArcsec = survey.knownObjectMaxDistanceArcsec;
    }

    static Stream<FieldChoice> fields(SurveyDescription survey) {
        return Stream.of(survey.knownObjectId, survey.knownObjectName, survey.knownObjectDistance);
    }

    /** The object of {@code packet}; empty if it has neither an id nor a name. */
    Optional<KnownObject> of(IndexedRecord packet) {
        Optional<String> objectId = text(id, packet);
        Optional<String> objectName = text(name, packet);
        if (objectId.isEmpty() && objectName.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble reported = distance.finiteNumber(packet);
        OptionalDouble arcsec = reported.orElse(-1) >= 0 ? reported : OptionalDouble.empty();
        return Optional.of(new KnownObject(objectId, objectName, arcsec, objectId.isPresent() || isNear(arcsec)));
    }

    private boolean isNear(OptionalDouble arcsec) {
        return maxDistanceArcsec.isEmpty()
                || arcsec.orElse(Double.POSITIVE_INFINITY) <= maxDistanceArcsec.getAsDouble();
    }

    private static Optional<String> text(BoundField field, IndexedRecord packet) {
        return field.identifier(packet, NONE).map(String::strip);
    }
}
