package dev.stampede.streaming.packet;

import java.util.List;

/** The result of decoding a record: an alert, a dead letter, or the parts of a container file with several alerts. */
public sealed interface Decoded permits Alert, DeadLetter, DecodedContainer {
    /** Each of several alerts, in order; this one if it is not a container. */
    default List<Decoded> parts() {
        return List.of(this);
    }
}
