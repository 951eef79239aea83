package dev.stampede.stamps.results.format;

import dev.stampede.stamps.stamp.IntegerImage;
import java.lang.reflect.Array;
import java.nio.file.Path;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.image.compression.hdu.CompressedImageHDU;

/**
 * The rounding of the floats of a compressed FITS image: in each tile of rows a pixel is ZZERO plus a multiple of ZSCALE
 * (standard 4.0, 10.2).
 */
final class Quantisation {
    /** Near the 32-bit number -2147483647 that stands for NaN; a rounded pixel is never that far from ZZERO. */
    private static final double NULL_STEPS = -2147400000.0;

    /** ZZERO + n * ZSCALE is not exact. */
    private static final double ROUNDING = 1e-3;

    private final boolean isDithered;
    private final double[] steps;
    private final double[] zeros;

    /** @throws ResultsFormatException if the image has tiles other than of whole rows */
    Quantisation(Path file, CompressedImageHDU hdu) throws FitsException {
        Header header = hdu.getHeader();
        if (header.getIntValue("ZTILE1", header.getIntValue("ZNAXIS1")) != header.getIntValue("ZNAXIS1")) {
            throw new ResultsFormatException(file, "has compressed tiles that are no rows; write it with KBMOD");
        }
        isDithered = !header.getStringValue("ZQUANTIZ", "NO_DITHER").equals("NO_DITHER");
        steps = column(hdu, "ZSCALE");
        zeros = column(hdu, "ZZERO");
    }

    /** The numbers of a column, one for each tile; zeros without such a column. */
    private static double[] column(CompressedImageHDU hdu, String name) throws FitsException {
        double[] numbers = new double[hdu.getNRows()];
        for (int column = 0; column < hdu.getNCols(); column++) {
            for (int row = 0; row < numbers.length && name.equals(hdu.getColumnName(column)); row++) {
                numbers[row] = Array.getDouble(hdu.getElement(row, column), 0);
            }
        }
        return numbers;
    }

    /** Masks what stands for NaN and patches of zeros, and replaces the error of rounding; in place. */
    void correct(float[] pixels, ArrayShape shape) {
        int tile = pixels.length / steps.length;
        double max = 0;
        for (int i = 0; i < pixels.length; i++) {
            double step = steps[i / tile];
            max = Math.max(max, step);
            // The library (1.21.2) adds half a step, which is right only for dithered images.
            double pixel = isDithered ? pixels[i] : pixels[i] - step / 2;
            if (step > 0 && pixel < zeros[i / tile] + NULL_STEPS * step) {
                pixels[i] = Float.NaN;
            } else {
                pixels[i] = Math.abs(pixel) < ROUNDING * step ? 0 : (float) pixel;
            }
        }
        if (max > 0) {
            IntegerImage.restore(pixels, shape.height(), shape.width(), max);
        }
    }
}
