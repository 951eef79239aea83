package dev.stampede.stamps.simulate;

/**
 * How strong a candidate is made, how wide it looks and where; NaN where there is no such thing.
 *
 * @param signalToNoise the S/N it is to have
 * @param fwhmPixels full width at half maximum of its core in the coadd
 * @param offsetRow rows from the centre
 * @param offsetColumn columns from the centre
 */
record Appearance(double signalToNoise, double fwhmPixels, double offsetRow, double offsetColumn) {
    /** Nothing to be seen. */
    static final Appearance NOTHING = new Appearance(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    Appearance withSignalToNoise(double newSignalToNoise) {
        return new Appearance(newSignalToNoise, fwhmPixels, offsetRow, offsetColumn);
    }
}
