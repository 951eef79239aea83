package dev.stampede.stamps.fits;

import nom.tam.fits.compression.algorithm.quant.RandomSequence;

/**
 * Integers of a tile to the real pixels that they stand for. Source: the FITS standard, version 4.0, sections 10.2 and 10.6.
 *
 * @param scale ZSCALE of the tile
 * @param zero ZZERO of the tile
 * @param blank the integer of a masked pixel
 * @param dither how the pixels were dithered
 * @param seed the number of the tile, from 0, plus ZDITHER0 - 1
 */
record TileQuantisation(double scale, double zero, long blank, Dither dither, long seed) {
    /** An exact zero, which the second method preserves. */
    private static final int DITHERED_ZERO = -2_147_483_646;

    private static final double FIRST_OFFSET = 500;

    /** ZQUANTIZ. */
    enum Dither {
        NONE,
        SUBTRACTIVE,
        SUBTRACTIVE_EXACT_ZERO;

        static Dither named(String name) {
            return switch (name) {
                case "SUBTRACTIVE_DITHER_1" -> SUBTRACTIVE;
                case "SUBTRACTIVE_DITHER_2" -> SUBTRACTIVE_EXACT_ZERO;
                default -> NONE;
            };
        }
    }

    /** The pixels, NaN where masked. */
    double[] pixels(long[] integers) {
        double[] pixels = new double[integers.length];
        int start = (int) Math.floorMod(seed, (long) RandomSequence.length());
        int next = first(start);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pixel(integers[i], next);
            next++;
            if (next == RandomSequence.length()) {
                start = (start + 1) % RandomSequence.length();
                next = first(start);
            }
        }
        return pixels;
    }

    private static int first(int start) {
        return (int) (RandomSequence.get(start) * FIRST_OFFSET);
    }

    private double pixel(long integer, int random) {
        if (integer == blank) {
            return Double.NaN;
        }
        if (dither == Dither.NONE) {
            return integer * scale + zero;
        }
        return dither == Dither.SUBTRACTIVE_EXACT_ZERO && integer == DITHERED_ZERO
                ? 0
                : (integer - RandomSequence.get(random) + 0.5) * scale + zero;
    }
}
