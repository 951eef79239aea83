package dev.stampede.stamps.picture;

/** The mapping of brightness to colour. */
public enum ColourMap {
    /** Black to white. */
    GREY,
    /** Black to white through colours of steadily rising lightness: the cubehelix of Green (2011). */
    CUBEHELIX;

    /** The colour of masked pixels, in neither map. */
    static final int MASKED = 0x3C3CA0;

    /** The colour, 0xRRGGBB, of a brightness from 0 (dark) to 1; values outside are clipped. */
    int rgb(double brightness) {
        double value = Math.min(Math.max(brightness, 0), 1);
        return this == GREY ? pack(value, value, value) : cubehelix(value);
    }

    /** Green, D. A., 2011, Bulletin of the Astronomical Society of India 39, 289: start 0.5, -1.5 turns, hue 1. */
    private static int cubehelix(double value) {
        double angle = 2 * Math.PI * (0.5 / 3 + 1 - 1.5 * value);
        double radius = value * (1 - value) / 2;
        double cos = radius * StrictMath.cos(angle);
        double sin = radius * StrictMath.sin(angle);
        return pack(
                value - 0.14861 * cos + 1.78277 * sin, value - 0.29227 * cos - 0.90649 * sin, value + 1.97294 * cos);
    }

    private static int pack(double red, double green, double blue) {
        return level(red) << 16 | level(green) << 8 | level(blue);
    }

    private static int level(double value) {
        return (int) Math.round(255 * Math.min(Math.max(value, 0), 1));
    }
}
