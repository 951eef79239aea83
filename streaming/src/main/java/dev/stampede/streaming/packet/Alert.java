package dev.stampede.streaming.packet;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Optional;
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
 * @param kinds the coadds that came; at least one
 * @param width columns of the coadds that came
 * @param height rows of the coadds that came
 * @param stamp the coadds that the model looks at, in its order of channels; empty where one of them did not come
 * @param explain whether an occlusion map is wanted
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
        boolean explain)
        implements Packet {
    public Alert {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an alert needs an id");
        }
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("alert " + id + " brings no coadd");
        }
        kinds = Set.copyOf(kinds);
    }
}
