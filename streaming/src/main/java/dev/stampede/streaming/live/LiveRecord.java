package dev.stampede.streaming.live;

import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.scoring.ModelIdentity;
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

    /** The first plane of the model's input: the centre of a larger stamp, masked pixels around a smaller one. */
    Optional<Stamp> picture() {
        ModelIdentity model = classified.model();
        return classified.alert().stamp().map(stamp -> model.padding().frame(stamp.plane(0), model.stampSize()));
    }
}
