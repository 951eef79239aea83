package dev.stampede.streaming.live;

import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.scoring.Outcome;
import java.util.Optional;

/**
 * A classification kept for the page.
 *
 * @param sequence increases by one per kept record
 */
record LiveRecord(long sequence, Outcome.Classified classified) {
    String id() {
        return classified.alert().id();
    }

    /** The first plane of the model's input: the centre of a larger stamp. */
    Optional<Stamp> picture() {
        return classified.alert().stamp().map(stamp -> {
            int side = Math.min(classified.model().stampSize(), Math.min(stamp.width(), stamp.height()));
            return stamp.plane(0).centreCrop(side);
        });
    }
}
