package dev.stampede.streaming.packet;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.survey.KnownObject;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A decoded alert.
 *
 * @param id the id of the alert; not blank
 * @param objectId the object that the survey associates with the alert, if any
 * @param knownObject the known Solar System object at or near the detection, if the packet names one
 * @param survey the name of the survey
 * @param band the filter; empty if unknown
 * @param mjd Modified Julian Date in days, in the scale of {@code timeScale}, if known
 * @param width columns of the images; 0 without an image
 * @param height rows of the images; 0 without an image
 * @param stamp the model's input, in the order of its planes, with what the packet states of the candidate; empty if there is an abstention
 * @param abstention why the model cannot classify the alert, such as a missing plane; empty if there is a stamp
 * @param isNegative whether the source is dark in the difference image of the packet
 * @param negated whether the sign of the difference image was changed in the stamp
 * @param explain whether an occlusion map is requested
 * @param position the position in the sky, if known
 * @param signalToNoise the S/N of the detection, or the likelihood of a search, if known
 * @param magnitude the magnitude of the detection, in the survey's system, if known
 * @param surveyScore the survey's score of the candidate, on the survey's scale, if any
 * @param pixelScaleArcsec the side of a pixel of the images, arcseconds, if known
 * @param magnification the pixels of the stamp per pixel of the image, if the image was resampled
 */
public record Alert(
        String id,
        Optional<String> objectId,
        Optional<KnownObject> knownObject,
        String survey,
        String band,
        OptionalDouble mjd,
        TimeScale timeScale,
        int width,
        int height,
        Optional<Stamp> stamp,
        Optional<Abstained> abstention,
        boolean isNegative,
        boolean negated,
        boolean explain,
        Optional<SkyPosition> position,
        OptionalDouble signalToNoise,
        OptionalDouble magnitude,
        OptionalDouble surveyScore,
        OptionalDouble pixelScaleArcsec,
        OptionalDouble magnification)
        implements Decoded {
    public Alert {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an alert needs an id");
        }
        if (stamp.isPresent() == abstention.isPresent()) {
            throw new IllegalArgumentException("an alert needs either a stamp or an abstention");
        }
    }

    /**
     * Equal for all alerts of one object, whose stamps must stay together. A survey that links positions gives a moving object a
     * new objectId each night, so the known object takes precedence, then {@code labelled}, then the object of the alert.
     *
     * @param labelled the object that a label names, if any
     */
    public String group(Optional<String> labelled) {
        return knownObject
                .filter(KnownObject::isMatch)
                .map(known -> "known-object:" + known.key())
                .or(() -> labelled.or(() -> objectId).map(object -> "object:" + object))
                .orElseGet(() -> "alert:" + id);
    }

    static Builder builder(String id, String survey) {
        return new Builder(id, survey);
    }

    /** Collects the components; those that are not set are empty. */
    static final class Builder {
        private final String id;
        private final String survey;
        private Optional<String> objectId = Optional.empty();
        private Optional<KnownObject> knownObject = Optional.empty();
        private String band = "";
        private OptionalDouble mjd = OptionalDouble.empty();
        private TimeScale timeScale = TimeScale.TAI;
        private int width;
        private int height;
        private Optional<Stamp> stamp = Optional.empty();
        private Optional<Abstained> abstention = Optional.empty();
        private boolean isNegative;
        private boolean negated;
        private boolean explain;
        private Optional<SkyPosition> position = Optional.empty();
        private OptionalDouble signalToNoise = OptionalDouble.empty();
        private OptionalDouble magnitude = OptionalDouble.empty();
        private OptionalDouble surveyScore = OptionalDouble.empty();
        private OptionalDouble pixelScaleArcsec = OptionalDouble.empty();
        private OptionalDouble magnification = OptionalDouble.empty();

        private Builder(String id, String survey) {
            this.id = id;
            this.survey = survey;
        }

        Builder objectId(Optional<String> value) {
            objectId = value;
            return this;
        }

        Builder knownObject(Optional<KnownObject> value) {
            knownObject = value;
            return this;
        }

        Builder observation(String bandName, OptionalDouble mjdDays, TimeScale scale) {
            band = bandName;
            mjd = mjdDays;
            timeScale = scale;
            return this;
        }

        Builder position(Optional<SkyPosition> value) {
            position = value;
            return this;
        }

        Builder abstention(Abstained value) {
            abstention = Optional.of(value);
            return this;
        }

        Builder image(int columns, int rows) {
            width = columns;
            height = rows;
            return this;
        }

        Builder stamp(Stamp modelInput) {
            stamp = Optional.of(modelInput);
            return this;
        }

        Builder scales(OptionalDouble pixelArcsec, OptionalDouble stampMagnification) {
            pixelScaleArcsec = pixelArcsec;
            magnification = stampMagnification;
            return this;
        }

        Builder scores(OptionalDouble detectionSignalToNoise, OptionalDouble score) {
            signalToNoise = detectionSignalToNoise;
            surveyScore = score;
            return this;
        }

        /** Adds the S/N of the detection to the features of the stamp; that of a negated image is above 0. */
        Builder detectionFeatures() {
            double value = signalToNoise.orElse(Double.NaN);
            CandidateFeatures known = CandidateFeatures.builder()
                    .set(CandidateFeature.SIGNAL_TO_NOISE, negated ? Math.abs(value) : value)
                    .build();
            stamp = stamp.map(image -> image.withFeatures(known));
            return this;
        }

        Builder magnitude(OptionalDouble value) {
            magnitude = value;
            return this;
        }

        Builder polarity(boolean negative, boolean signChanged) {
            isNegative = negative;
            negated = signChanged;
            return this;
        }

        Builder explain(boolean value) {
            explain = value;
            return this;
        }

        Alert build() {
            return new Alert(
                    id,
                    objectId,
                    knownObject,
                    survey,
                    band,
                    mjd,
                    timeScale,
                    width,
                    height,
                    stamp,
                    abstention,
                    isNegative,
                    negated,
                    explain,
                    position,
                    signalToNoise,
                    magnitude,
                    surveyScore,
                    pixelScaleArcsec,
                    magnification);
        }
    }
}
