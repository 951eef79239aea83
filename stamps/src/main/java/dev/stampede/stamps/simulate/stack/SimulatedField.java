package dev.stampede.stamps.simulate.stack;

import dev.stampede.stamps.search.ImageStack;
import java.util.List;

/**
 * The images of a field and what moves in them.
 *
 * @param stack the images
 * @param movers all moving objects
 * @param directionDegrees the middle of the directions of movers, from that of columns towards that of rows
 */
record SimulatedField(ImageStack stack, List<Mover> movers, double directionDegrees) {
    SimulatedField {
        movers = List.copyOf(movers);
    }
}
