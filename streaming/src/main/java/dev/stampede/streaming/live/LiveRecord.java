package dev.stampede.streaming.live;

import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.scoring.Outcome;
import java.util.Optional;

/**
 * A classification that is kept for the page.
 *
 * @param sequence rises by one from each that is kept to the next
 */
record LiveRecord(long sequence, Outcome.Judged judged) {
    String id() {
        return judged.alert().id();
    }

    /** The first channel's pixels as judged: the middle of a stamp that is larger than the model's input. */
    Optional<Stamp> picture() {
        return judged.alert().stamp().map(stamp -> {
            int side = Math.min(judged.model().stampSize(), Math.min(stamp.width(), stamp.height()));
            return stamp.channel(0).centreCrop(side);
        });
    }
}
