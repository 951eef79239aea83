package dev.stampede.stamps.simulate.stack;

import dev.stampede.stamps.search.Velocity;

/**
 * A moving object of a simulated field.
 *
 * @param column its position in the first exposure, columns from the centre of the first pixel
 * @param row the same in rows
 * @param velocity its motion
 * @param flux its mean flux, in the units of the pixels
 * @param signalToNoise the likelihood of its trajectory in white noise without masks: flux sqrt(sum(phi))
 */
record Mover(double column, double row, Velocity velocity, double flux, double signalToNoise) {
    double columnAt(double days) {
        return column + velocity.columnsPerDay() * days;
    }

    double rowAt(double days) {
        return row + velocity.rowsPerDay() * days;
    }
}
