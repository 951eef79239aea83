package dev.stampede.streaming.survey;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The known Solar System object that a packet reports at or near its detection.
 *
 * @param id the survey's id of the object, all digits as in the packet; not blank
 * @param name its designation; not blank. At least one of id and name is present
 * @param distanceArcsec from the detection to the predicted position, arcseconds, 0 or more
 * @param isMatch whether the detection is taken for the object, and not only near it
 */
public record KnownObject(Optional<String> id, Optional<String> name, OptionalDouble distanceArcsec, boolean isMatch) {
    public KnownObject {
        if (id.isEmpty() && name.isEmpty()) {
            throw new IllegalArgumentException("a known object needs an id or a name");
        }
    }

    /** The id, otherwise the name: equal for all alerts of the object in one survey. */
    public String key() {
        return id.or(() -> name).orElseThrow();
    }
}
