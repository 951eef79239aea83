package dev.stampede.stamps.fits;

import dev.stampede.stamps.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.OptionalDouble;
import java.util.logging.Level;
import java.util.logging.Logger;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.fits.ImageData;
import nom.tam.fits.header.Standard;
import nom.tam.util.Cursor;
import nom.tam.util.FitsInputStream;

/** Reads the first image of a FITS file with nom-tam-fits, wherever in the file it is. */
final class AnyImage {
    /** The library logs a stack trace for every bad header: a stream of bad cutouts must not fill a disk. */
    private static final Logger LIBRARY = Logger.getLogger(Header.class.getName());

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private AnyImage() {}

    /**
     * The first image in the first {@code length} bytes, one channel.
     *
     * @throws FitsFormatException if there is none, or one beyond the limits
     */
    static FitsImage read(byte[] bytes, int length, FitsLimits limits) {
        try (FitsInputStream file = new FitsInputStream(new ByteArrayInputStream(bytes, 0, length))) {
            boolean first = true;
            while (true) {
                Header header = Header.readHeader(file);
                if (header == null) {
                    throw new FitsFormatException("the FITS file holds no image of two axes");
                }
                if (isImage(header, first)) {
                    return read(header, file, limits);
                }
                file.skipAllBytes(paddedSize(header, length));
                first = false;
            }
        } catch (FitsFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library meets bad headers with exceptions of many kinds.
            throw new FitsFormatException("no FITS image: " + e.getMessage(), e);
        }
    }

    private static boolean isImage(Header header, boolean first) {
        boolean holdsImages = first || "IMAGE".equals(header.getStringValue(Standard.XTENSION));
        return holdsImages && header.getIntValue(Standard.NAXIS) >= 2 && header.getIntValue("NAXIS1") != 0;
    }

    private static long paddedSize(Header header, int length) {
        long size = header.getDataSize();
        if (size < 0 || size > length) {
            throw new FitsFormatException("a part of the FITS file claims " + size + " bytes");
        }
        return size;
    }

    private static FitsImage read(Header header, FitsInputStream file, FitsLimits limits) throws IOException {
        int axes = header.getIntValue(Standard.NAXIS);
        int width = header.getIntValue("NAXIS1");
        int height = header.getIntValue("NAXIS2");
        limits.check(width, height);
        for (int axis = 3; axis <= axes; axis++) {
            if (header.getIntValue("NAXIS" + axis) != 1) {
                throw new FitsFormatException("the first image has more than two axes");
            }
        }
        ImageData data = new ImageData(header);
        data.read(file);
        Object rows = data.getKernel();
        for (int axis = 3; axis <= axes; axis++) {
            rows = Array.get(rows, 0);
        }
        return new FitsImage(
                Stamp.of(1, height, width, pixels(rows, scale(header), height, width)), pixelScaleArcsec(header));
    }

    private static OptionalDouble pixelScaleArcsec(Header header) {
        SkyGrid sky = new SkyGrid();
        for (Cursor<String, HeaderCard> cards = header.iterator(); cards.hasNext(); ) {
            HeaderCard card = cards.next();
            if (SkyGrid.wants(card.getKey()) && card.getValue() != null) {
                sky.take(card.getKey(), card.getValue());
            }
        }
        return sky.pixelScaleArcsec();
    }

    private static PixelScale scale(Header header) {
        return new PixelScale(
                header.getDoubleValue(Standard.BSCALE, 1),
                header.getDoubleValue(Standard.BZERO, 0),
                header.containsKey(Standard.BLANK),
                header.getLongValue(Standard.BLANK, 0));
    }

    private static float[] pixels(Object rows, PixelScale scale, int height, int width) {
        float[] pixels = new float[height * width];
        for (int row = 0; row < height; row++) {
            Object numbers = Array.get(rows, row);
            for (int column = 0; column < width; column++) {
                pixels[row * width + column] = pixel(numbers, column, scale);
            }
        }
        return pixels;
    }

    private static float pixel(Object numbers, int column, PixelScale scale) {
        if (numbers instanceof float[] || numbers instanceof double[]) {
            return scale.pixel(Array.getDouble(numbers, column));
        }
        // FITS bytes count from 0 to 255.
        return scale.pixel(numbers instanceof byte[] bytes ? bytes[column] & 0xffL : Array.getLong(numbers, column));
    }
}
