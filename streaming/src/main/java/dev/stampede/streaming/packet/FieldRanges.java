package dev.stampede.streaming.packet;

import dev.stampede.streaming.survey.KnownObject;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The ranges of the fields that alerts of all formats have. */
public final class FieldRanges {
    /** The maximum length of a text in characters: longer ones could make a classification too large for its topic. */
    public static final int MAX_TEXT = 1000;

    /** From 1858 to 2132: a Julian Date, which is 2,400,000.5 days more, is outside. */
    private static final double MAX_MJD = 100_000;

    private static final String MJD = "mjd";
    private static final String KNOWN_OBJECT_DISTANCE = "knownObjectDistanceArcsec";
    private static final String RIGHT_ASCENSION = "rightAscensionDegrees";
    private static final String DECLINATION = "declinationDegrees";
    /** Half of a great circle, arcseconds. */
    private static final double MAX_DISTANCE = 648_000;

    private static final double MAX_RIGHT_ASCENSION = 360;
    private static final double MAX_DECLINATION = 90;

    private FieldRanges() {}

    /** Which field is outside its range or not a number, with its value and the range; empty if none is. */
    static Optional<String> fault(Alert alert) {
        double mjd = alert.mjd().orElse(0);
        double rightAscension =
                alert.position().map(SkyPosition::rightAscensionDegrees).orElse(0d);
        double declination =
                alert.position().map(SkyPosition::declinationDegrees).orElse(0d);
        return faultOfMjd(mjd)
                .or(() -> faultOfRightAscension(rightAscension))
                .or(() -> faultOfDeclination(declination))
                .or(() -> faultOfDistance(alert))
                .or(() -> longText(alert));
    }

    /** The same for a field of that name; empty for one without a range. */
    public static Optional<String> fault(String field, double value) {
        return switch (field) {
            case MJD -> faultOfMjd(value);
            case RIGHT_ASCENSION -> faultOfRightAscension(value);
            case DECLINATION -> faultOfDeclination(value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> faultOfMjd(double value) {
        return fault(MJD, value, 0, MAX_MJD);
    }

    private static Optional<String> faultOfRightAscension(double value) {
        return fault(RIGHT_ASCENSION, value, 0, MAX_RIGHT_ASCENSION);
    }

    private static Optional<String> faultOfDeclination(double value) {
        return fault(DECLINATION, value, -MAX_DECLINATION, MAX_DECLINATION);
    }

    private static Optional<String> faultOfDistance(Alert alert) {
        OptionalDouble arcsec =
                alert.knownObject().map(KnownObject::distanceArcsec).orElse(OptionalDouble.empty());
        return fault(KNOWN_OBJECT_DISTANCE, arcsec.orElse(0), 0, MAX_DISTANCE);
    }

    private static Optional<String> fault(String field, double value, double min, double max) {
        return value >= min && value <= max // also rejects NaN
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "%s is %s, not %.0f to %.0f", field, value, min, max));
    }

    private static boolean isShort(KnownObject object) {
        return object.id().map(String::length).orElse(0) <= MAX_TEXT
                && object.name().map(String::length).orElse(0) <= MAX_TEXT;
    }

    private static Optional<String> longText(Alert alert) {
        boolean isShort = alert.id().length() <= MAX_TEXT
                && alert.objectId().map(String::length).orElse(0) <= MAX_TEXT
                && alert.knownObject().map(FieldRanges::isShort).orElse(true)
                && alert.survey().length() <= MAX_TEXT
                && alert.band().length() <= MAX_TEXT;
        return isShort
                ? Optional.empty()
                : Optional.of(
                        "alertId, objectId, known object, survey or band has more than " + MAX_TEXT + " characters");
    }
}
