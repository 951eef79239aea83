package dev.stampede.stamps.fits;

import dev.stampede.stamps.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.util.OptionalDouble;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.fits.ImageData;
import nom.tam.fits.PaddingException;
import nom.tam.fits.header.Standard;
import nom.tam.util.Cursor;
import nom.tam.util.FitsInputStream;

/**
 * Reads the first image of a FITS file, gzipped or plain, as one plane: BITPIX 8, 16, 32, -32 or -64, scaled by BSCALE
 * and BZERO; NaN and BLANK are masked. Row 0 is the first row of the file. Thread-safe.
 */
public final class FitsReader {
    /** The library logs a stack trace for every bad header: a stream of bad cutouts must not fill a disk. */
    private static final Logger LIBRARY = Logger.getLogger(Header.class.getName());

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private final FitsLimits limits;

    /** A reader that rejects files above {@code limits}. */
    public FitsReader(FitsLimits limits) {
        this.limits = limits;
    }

    /**
     * The image in the first {@code length} bytes of {@code bytes}, with all its rows and columns.
     *
     * @throws FitsFormatException if there is none, or one above the limits
     */
    public FitsImage read(byte[] bytes, int length) {
        InputStream source = new ByteArrayInputStream(bytes, 0, length);
        boolean gzipped = length >= 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
        if (!gzipped && length > limits.maxBytes()) {
            throw new FitsFormatException("the cutout has " + length + " bytes, more than " + limits.maxBytes());
        }
        byte[] file = gzipped ? decompress(source) : bytes;
        return firstImage(file, gzipped ? file.length : length);
    }

    private byte[] decompress(InputStream source) {
        try (InputStream gzip = new GZIPInputStream(source)) {
            byte[] file = gzip.readNBytes(limits.maxBytes());
            if (gzip.read() >= 0) {
                throw new FitsFormatException("the cutout decompresses to more than " + limits.maxBytes() + " bytes");
            }
            return file;
        } catch (IOException e) {
            throw new FitsFormatException("the gzip data ends early or fails its checksum: " + e.getMessage(), e);
        }
    }

    private FitsImage firstImage(byte[] bytes, int length) {
        try (FitsInputStream file = new FitsInputStream(new ByteArrayInputStream(bytes, 0, length))) {
            boolean primary = true;
            while (true) {
                Header header = Header.readHeader(file);
                if (header == null) {
                    throw new FitsFormatException("the FITS file has no image of two axes");
                }
                if (isImage(header, primary)) {
                    return image(header, file);
                }
                file.skipAllBytes(dataSize(header, length));
                primary = false;
            }
        } catch (FitsFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library reports bad headers by exceptions of many kinds.
            throw new FitsFormatException("not a FITS image: " + e.getMessage(), e);
        }
    }

    private static boolean isImage(Header header, boolean primary) {
        boolean mayBeImage = primary || "IMAGE".equals(header.getStringValue(Standard.XTENSION));
        return mayBeImage && header.getIntValue(Standard.NAXIS) >= 2 && header.getIntValue("NAXIS1") != 0;
    }

    private static long dataSize(Header header, int length) {
        long size = header.getDataSize();
        if (size < 0 || size > length) {
            throw new FitsFormatException("an extension of the FITS file claims " + size + " bytes");
        }
        return size;
    }

    private FitsImage image(Header header, FitsInputStream file) throws IOException {
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
        try {
            data.read(file);
        } catch (PaddingException e) {
            // The pixels are complete; only zeros after them are missing.
        }
        Object rows = data.getKernel();
        for (int axis = 3; axis <= axes; axis++) {
            rows = Array.get(rows, 0);
        }
        Scaling scaling = Scaling.of(header);
        float[] pixels = new float[height * width];
        for (int row = 0; row < height; row++) {
            scaling.copy(Array.get(rows, row), pixels, row * width, width);
        }
        return new FitsImage(Stamp.of(1, height, width, pixels), pixelScaleArcsec(header));
    }

    private static OptionalDouble pixelScaleArcsec(Header header) {
        SkyGrid sky = new SkyGrid();
        for (Cursor<String, HeaderCard> cards = header.iterator(); cards.hasNext(); ) {
            HeaderCard card = cards.next();
            if (SkyGrid.uses(card.getKey()) && card.getValue() != null) {
                sky.put(card.getKey(), card.getValue());
            }
        }
        return sky.pixelScaleArcsec();
    }

    /** The numbers of a file to pixels: zero + scale * number, where the integer BLANK is masked (standard, 4.4.2.5). */
    private record Scaling(double scale, double zero, boolean hasBlank, long blank) {
        static Scaling of(Header header) {
            return new Scaling(
                    header.getDoubleValue(Standard.BSCALE, 1),
                    header.getDoubleValue(Standard.BZERO, 0),
                    header.containsKey(Standard.BLANK),
                    header.getLongValue(Standard.BLANK, 0));
        }

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
}
