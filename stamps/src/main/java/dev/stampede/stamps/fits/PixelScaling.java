package dev.stampede.stamps.fits;

import java.lang.reflect.Array;
import nom.tam.fits.Header;
import nom.tam.fits.header.Compression;
import nom.tam.fits.header.IFitsHeader;
import nom.tam.fits.header.Standard;

/**
 * The numbers of a file to pixels: zero + scale * number. The integer BLANK is masked (FITS standard 4.0, 4.4.2.5), and so
 * is the integer null of CFITSIO and astropy in an image of 32-bit integers that does not define BLANK.
 */
record PixelScaling(double scale, double zero, boolean hasBlank, long blank) {
    /** What CFITSIO writes for a NaN of a real image that becomes integers; no BLANK or ZBLANK may be left with it. */
    static final int INTEGER_NULL = -2_147_483_647;

    /** BZERO of unsigned 32-bit integers, where every number is a value. */
    private static final double UNSIGNED_ZERO = 2_147_483_648d;

    static PixelScaling of(Header header) {
        return of(header, header.getIntValue(Standard.BITPIX), Standard.BLANK);
    }

    /** The same for the integers of tiles, where ZBLANK stands for BLANK if there is one. */
    static PixelScaling ofTiles(Header table) {
        IFitsHeader blank = table.containsKey(Compression.ZBLANK) ? Compression.ZBLANK : Standard.BLANK;
        return of(table, table.getIntValue(Compression.ZBITPIX), blank);
    }

    private static PixelScaling of(Header header, int bitsPerNumber, IFitsHeader blank) {
        double zero = header.getDoubleValue(Standard.BZERO, 0);
        boolean hasBlank = header.containsKey(blank);
        return new PixelScaling(
                header.getDoubleValue(Standard.BSCALE, 1),
                zero,
                hasBlank || (bitsPerNumber == Integer.SIZE && zero != UNSIGNED_ZERO),
                hasBlank ? header.getLongValue(blank, 0) : INTEGER_NULL);
    }

    /** Converts the first {@code count} elements of {@code numbers}, an array of a type of FITS. */
    void copy(Object numbers, float[] pixels, int offset, int count) {
        if (numbers instanceof float[] floats && scale == 1 && zero == 0) {
            System.arraycopy(floats, 0, pixels, offset, count);
            return;
        }
        boolean real = numbers instanceof float[] || numbers instanceof double[];
        for (int i = 0; i < count; i++) {
            pixels[offset + i] = real ? pixel(Array.getDouble(numbers, i)) : pixel(integer(numbers, i));
        }
    }

    private static long integer(Object numbers, int i) {
        // The bytes of FITS are unsigned.
        return numbers instanceof byte[] bytes ? bytes[i] & 0xffL : Array.getLong(numbers, i);
    }

    private float pixel(double number) {
        return (float) (zero + scale * number);
    }

    private float pixel(long number) {
        return hasBlank && number == blank ? Float.NaN : pixel((double) number);
    }
}
