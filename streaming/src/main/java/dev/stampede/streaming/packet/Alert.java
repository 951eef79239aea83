package dev.stampede.streaming.packet;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * An alert as the stream judges it.
 *
 * @param id names the alert; not empty
 * @param objectId the object the survey links it to, where it does
 * @param survey the survey that searched
 * @param band the filter; empty where not said
 * @param mjd Modified Julian Date in days, in the scale of {@code timeScale}
 * @param timeScale the time scale of {@code mjd}
 * @param kinds the coadds that came; none where a survey's cutout came instead
 * @param width columns of the images that came
 * @param height rows of the images that came
 * @param stamp the images that the model looks at, in its order of channels; empty where one of them did not come
 * @param explain whether an occlusion map is wanted
 * @param position where it was seen, where the packet says so
 * @param signalToNoise the S/N of the detection, of a search its likelihood, where the packet says it
 * @param surveyScore the survey's own score of the candidate, on the survey's scale, where it gives one
 * @param pixelScaleArcsec the side of a pixel of the images that came, arcseconds, where it is known
 * @param magnification how many pixels of the stamp lie along one that came, where it was resampled
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
        implements Packet {
    /**
     * The longest text, in characters, that an alert passes on. Those of surveys have tens; a classification of texts
     * without end would be refused by its topic.
     */
    static final int MAX_TEXT = 1000;

    public Alert {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an alert needs an id");
        }
        kinds = Set.copyOf(kinds);
    }

    /** Whether no text that it passes on is longer than {@link #MAX_TEXT}. */
    boolean isTerse() {
        return id.length() <= MAX_TEXT
                && objectId.map(String::length).orElse(0) <= MAX_TEXT
                && survey.length() <= MAX_TEXT
                && band.length() <= MAX_TEXT;
    }
}
