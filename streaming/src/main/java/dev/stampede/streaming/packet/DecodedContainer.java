package dev.stampede.streaming.packet;

import java.util.List;

/**
 * The alerts of a container file that holds several.
 *
 * @param parts an alert or a dead letter for each, in order; the dead letters are {@link DeadLetter#alone}
 */
public record DecodedContainer(List<Decoded> parts) implements Decoded {
    public DecodedContainer {
        parts = List.copyOf(parts);
        if (parts.size() < 2) {
            throw new IllegalArgumentException("a container of " + parts.size() + " alerts is no container of several");
        }
    }
}
