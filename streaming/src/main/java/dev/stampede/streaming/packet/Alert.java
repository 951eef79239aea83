package dev.stampede.streaming.packet;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A decoded alert.
 *
 * @param id the id of the alert; not empty
 * @param objectId the object that the survey associates with the alert, if any
 * @param survey the name of the survey
 * @param band the filter; empty if unknown
 * @param mjd Modified Julian Date in days, in the scale of {@code timeScale}
 * @param kinds the coadds of the alert; empty for the cutout of a survey
 * @param width columns of the images
 * @param height rows of the images
 * @param stamp the model's input, in the order of its channels; empty if a channel is missing
 * @param explain whether an occlusion map is requested
 * @param position the position in the sky, if known
 * @param signalToNoise the S/N of the detection, or the likelihood of a search, if known
 * @param surveyScore the survey's score of the candidate, on the survey's scale, if any
 * @param pixelScaleArcsec the side of a pixel of the images, arcseconds, if known
 * @param magnification the pixels of the stamp per pixel of the image, if the image was resampled
 */
public record Alert(
        String id,
        Optional<String> objectId,
        String survey,
        String band,
        double mjd,
        TimeScale timeScale,
        Set<CoaddKind> kinds,
        int width,
        int height,
        Optional<Stamp> stamp,
        boolean explain,
        Optional<SkyPosition> position,
        OptionalDouble signalToNoise,
        OptionalDouble surveyScore,
        OptionalDouble pixelScaleArcsec,
        OptionalDouble magnification)
        implements Decoded {
    /** The maximum length of a text in characters: longer ones could make a classification too large for its topic. */
    static final int MAX_TEXT = 1000;

    public Alert {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an alert needs an id");
        }
        kinds = Set.copyOf(kinds);
    }

    /** Whether no text is longer than {@link #MAX_TEXT}. */
    boolean isTerse() {
        return id.length() <= MAX_TEXT
                && objectId.map(String::length).orElse(0) <= MAX_TEXT
                && survey.length() <= MAX_TEXT
                && band.length() <= MAX_TEXT;
    }

    static Builder builder(String id, String survey) {
        return new Builder(id, survey);
    }

    /** Collects the components; those that are not set are empty. */
    static final class Builder {
        private final String id;
        private final String survey;
        private Optional<String> objectId = Optional.empty();
        private String band = "";
        private double mjd;
        private TimeScale timeScale = TimeScale.TAI;
        private Set<CoaddKind> kinds = Set.of();
        private int width;
        private int height;
        private Optional<Stamp> stamp = Optional.empty();
        private boolean explain;
        private Optional<SkyPosition> position = Optional.empty();
        private OptionalDouble signalToNoise = OptionalDouble.empty();
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

        Builder observation(String bandName, double mjdDays, TimeScale scale) {
            band = bandName;
            mjd = mjdDays;
            timeScale = scale;
            return this;
        }

        Builder position(Optional<SkyPosition> value) {
            position = value;
            return this;
        }

        Builder coadds(Set<CoaddKind> value) {
            kinds = value;
            return this;
        }

        Builder image(int columns, int rows, Optional<Stamp> modelInput) {
            width = columns;
            height = rows;
            stamp = modelInput;
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

        Builder explain(boolean value) {
            explain = value;
            return this;
        }

        Alert build() {
            return new Alert(
                    id,
                    objectId,
                    survey,
                    band,
                    mjd,
                    timeScale,
                    kinds,
                    width,
                    height,
                    stamp,
                    explain,
                    position,
                    signalToNoise,
                    surveyScore,
                    pixelScaleArcsec,
                    magnification);
        }
    }
}
