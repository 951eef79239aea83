package dev.stampede.stamps.simulate;

/**
 * The strength, width and position of a candidate; NaN if undefined.
 *
 * @param signalToNoise the intended S/N
 * @param fwhmPixels full width at half maximum of its core in the coadd
 * @param offsetRow rows from the centre
 * @param offsetColumn columns from the centre
 */
record Appearance(double signalToNoise, double fwhmPixels, double offsetRow, double offsetColumn) {
    /** Invisible. */
    static final Appearance NOTHING = new Appearance(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    Appearance withSignalToNoise(double newSignalToNoise) {
        return new Appearance(newSignalToNoise, fwhmPixels, offsetRow, offsetColumn);
    }
}
