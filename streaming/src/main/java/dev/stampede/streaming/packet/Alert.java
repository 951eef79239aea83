package dev.stampede.streaming.packet;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A decoded alert.
 *
 * @param id the id of the alert; not blank
 * @param objectId the object that the survey associates with the alert, if any
 * @param survey the name of the survey
 * @param band the filter; empty if unknown
 * @param mjd Modified Julian Date in days, in the scale of {@code timeScale}, if known
 * @param width columns of the images; 0 without an image
 * @param height rows of the images; 0 without an image
 * @param stamp the model's input, in the order of its planes; empty if a plane is missing
 * @param missing the planes of the model that the alert lacks; empty if there is a stamp
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
        OptionalDouble mjd,
        TimeScale timeScale,
        int width,
        int height,
        Optional<Stamp> stamp,
        List<Plane> missing,
        boolean explain,
        Optional<SkyPosition> position,
        OptionalDouble signalToNoise,
        OptionalDouble surveyScore,
        OptionalDouble pixelScaleArcsec,
        OptionalDouble magnification)
        implements Decoded {
    public Alert {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an alert needs an id");
        }
        missing = List.copyOf(missing);
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
        private OptionalDouble mjd = OptionalDouble.empty();
        private TimeScale timeScale = TimeScale.TAI;
        private int width;
        private int height;
        private Optional<Stamp> stamp = Optional.empty();
        private List<Plane> missing = List.of();
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

        Builder missing(List<Plane> value) {
            missing = value;
            return this;
        }

        Builder image(int columns, int rows, Stamp modelInput) {
            width = columns;
            height = rows;
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
                    width,
                    height,
                    stamp,
                    missing,
                    explain,
                    position,
                    signalToNoise,
                    surveyScore,
                    pixelScaleArcsec,
                    magnification);
        }
    }
}
