package dev.stampede.stamps.fits;

import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import nom.tam.fits.Header;
import nom.tam.fits.ImageData;
import nom.tam.fits.PaddingException;
import nom.tam.fits.header.Standard;
import nom.tam.util.FitsInputStream;

/**
 * The image of one HDU, in pixels or in compressed tiles, scaled and masked as {@link FitsReader} describes.
 *
 * @param stamp its planes, one for each index of the third axis
 * @param step the difference between neighbouring values of integers or rounded floats; 0 for other floats, and for those
 *     that were dithered when they were rounded
 */
public record HduImage(Stamp stamp, double step) {
    private static final int BLOCK_BYTES = 2880;

    /**
     * Reads the data after {@code header}, without limits. The last HDU may lack its padding.
     *
     * @throws FitsFormatException if they are not those of an image
     * @throws IOException if they cannot be read
     */
    public static HduImage read(Header header, FitsInputStream file) throws IOException {
        if (TiledImage.isIn(header)) {
            TiledImage image = new TiledImage(header, table(header, file));
            return new HduImage(stamp(header, "ZNAXIS", image.pixels()), image.step());
        }
        Stamp stamp = stamp(header, "NAXIS", plain(header, file));
        boolean isInteger = header.getIntValue(Standard.BITPIX) > 0;
        return new HduImage(stamp, isInteger ? Math.abs(PixelScaling.of(header).scale()) : 0);
    }

    private static Stamp stamp(Header header, String axis, float[] pixels) {
        return Stamp.of(
                header.getIntValue(axis + 3, 1), header.getIntValue(axis + 2), header.getIntValue(axis + 1), pixels);
    }

    private static ByteBuffer table(Header header, FitsInputStream file) throws IOException {
        long size = dataBytes(header);
        byte[] bytes = file.readNBytes((int) Math.min(Integer.MAX_VALUE, Math.max(0, size)));
        if (bytes.length != size) {
            throw new FitsFormatException(
                    "the FITS file ends early: an HDU has " + size + " bytes of data, " + bytes.length + " are there");
        }
        file.readNBytes((int) ((BLOCK_BYTES - size % BLOCK_BYTES) % BLOCK_BYTES));
        return ByteBuffer.wrap(bytes);
    }

    /** Bytes of the data after {@code header}, without padding; the maximum if its axes are impossible. */
    static long dataBytes(Header header) {
        int axes = header.getIntValue(Standard.NAXIS);
        long size = axes == 0 ? 0 : Math.abs(header.getIntValue(Standard.BITPIX)) / Byte.SIZE;
        try {
            for (int axis = 1; axis <= axes; axis++) {
                size = Math.multiplyExact(size, header.getLongValue("NAXIS" + axis));
            }
            return Math.addExact(size, header.getLongValue(Standard.PCOUNT, 0));
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The pixels of an image that is not compressed. */
    static float[] plain(Header header, FitsInputStream file) throws IOException {
        ImageData data = new ImageData(header);
        try {
            data.read(file);
        } catch (PaddingException complete) {
            // only zeros after the last image are missing
        }
        int size = 1;
        for (int axis = 1; axis <= header.getIntValue(Standard.NAXIS); axis++) {
            size = Math.multiplyExact(size, header.getIntValue("NAXIS" + axis));
        }
        float[] pixels = new float[size];
        copy(data.getKernel(), PixelScaling.of(header), pixels, 0);
        return pixels;
    }

    /** Copies arrays of arrays of numbers; returns where they end. */
    private static int copy(Object numbers, PixelScaling scaling, float[] pixels, int from) {
        if (!(numbers instanceof Object[] rows)) {
            int count = Array.getLength(numbers);
            scaling.copy(numbers, pixels, from, count);
            return from + count;
        }
        int next = from;
        for (Object row : rows) {
            next = copy(row, scaling, pixels, next);
        }
        return next;
    }
}
