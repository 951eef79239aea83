package dev.stampede.stamps.fits;

import dev.stampede.stamps.file.Gzip;
import dev.stampede.stamps.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.fits.header.Standard;
import nom.tam.util.Cursor;
import nom.tam.util.FitsInputStream;

/**
 * Reads the first image of a FITS file, gzipped (in one or more members) or plain, as one plane: BITPIX 8, 16, 32, 64, -32
 * or -64, scaled by BSCALE and BZERO, in pixels or in compressed tiles; NaN, BLANK and ZBLANK are masked. The last HDU may
 * lack its padding. Row 0 is the first row of the file. Thread-safe.
 */
public final class FitsReader {
    private static final int BLOCK_BYTES = 2880;
    private static final int MAX_BUFFER_BYTES = 1 << 16;

    /** The library logs a stack trace for every bad header: a stream of bad cutouts must not fill a disk. */
    private static final Logger LIBRARY = Logger.getLogger("nom.tam");

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
        boolean gzipped = Gzip.begins(bytes, length);
        if (!gzipped && length > limits.maxBytes()) {
            throw new FitsFormatException("the cutout has " + length + " bytes, more than " + limits.maxBytes());
        }
        byte[] file = gzipped ? decompress(source, length) : bytes;
        int size = gzipped ? file.length : length;
        return PlainImage.read(file, size, limits).orElseGet(() -> firstImage(file, size));
    }

    private byte[] decompress(InputStream source, int length) {
        try (InputStream gzip = new GZIPInputStream(source, Math.min(length, MAX_BUFFER_BYTES))) {
            byte[] file = gzip.readNBytes(limits.maxBytes());
            if (gzip.read() >= 0) {
                throw new FitsFormatException("the cutout decompresses to more than " + limits.maxBytes() + " bytes");
            }
            return file;
        } catch (IOException e) {
            throw new FitsFormatException("the gzip data ends early or fails its checksum: " + e.getMessage(), e);
        }
    }

    /** The image as nom-tam-fits reads it. */
    FitsImage firstImage(byte[] bytes, int length) {
        // Some writers leave out the padding of the last HDU, which the library requires.
        int padded = (length + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        byte[] blocks = padded == length ? bytes : Arrays.copyOf(Arrays.copyOf(bytes, length), padded);
        try (FitsInputStream file = new FitsInputStream(new ByteArrayInputStream(blocks, 0, padded))) {
            long end = 0;
            while (end < length) {
                Header header = Header.readHeader(file);
                if (header == null) {
                    break;
                }
                long start = end + size(header);
                requireData(header, length - start);
                if (isImage(header, end == 0)) {
                    return plainImage(header, file);
                }
                if (TiledImage.isIn(header)) {
                    return tiledImage(
                            header,
                            ByteBuffer.wrap(blocks, (int) start, (int) (padded - start))
                                    .slice());
                }
                file.skipAllBytes(header.getDataSize());
                end = start + header.getDataSize();
            }
            throw new FitsFormatException("the FITS file has no image of two axes");
        } catch (FitsFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The library reports bad headers by exceptions of many kinds.
            throw new FitsFormatException("not a FITS image: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("deprecation") // the size in the file, which no other method returns
    private static long size(Header header) {
        return header.getOriginalSize();
    }

    private static boolean isImage(Header header, boolean primary) {
        boolean mayBeImage = primary || "IMAGE".equals(header.getStringValue(Standard.XTENSION));
        return mayBeImage && header.getIntValue(Standard.NAXIS) >= 2 && header.getIntValue("NAXIS1") != 0;
    }

    /** Checks that the data of an HDU, without padding, are in the {@code remaining} bytes. */
    private static void requireData(Header header, long remaining) {
        long size = HduImage.dataBytes(header);
        if (size < 0 || size > remaining) {
            throw new FitsFormatException("the FITS file ends early: an HDU has " + size + " bytes of data, "
                    + Math.max(0, remaining) + " are there");
        }
    }

    private FitsImage plainImage(Header header, FitsInputStream file) throws IOException {
        checkAxes(header, "NAXIS");
        return image(header, "NAXIS", HduImage.plain(header, file));
    }

    private FitsImage tiledImage(Header table, ByteBuffer bytes) {
        checkAxes(table, "ZNAXIS");
        return image(table, "ZNAXIS", new TiledImage(table, bytes).pixels());
    }

    private void checkAxes(Header header, String keyword) {
        limits.check(header.getIntValue(keyword + 1), header.getIntValue(keyword + 2));
        for (int axis = 3; axis <= header.getIntValue(keyword); axis++) {
            int length = header.getIntValue(keyword + axis);
            if (length != 1) {
                throw new FitsFormatException("the first image has " + length + " planes (" + keyword + axis
                        + "); a cutout has one plane, so send each as a separate image");
            }
        }
    }

    private static FitsImage image(Header header, String keyword, float[] pixels) {
        SkyGrid sky = skyGrid(header);
        Stamp stamp = Stamp.of(1, header.getIntValue(keyword + 2), header.getIntValue(keyword + 1), pixels);
        return new FitsImage(stamp, sky.pixelScaleArcsec(), sky);
    }

    private static SkyGrid skyGrid(Header header) {
        SkyGrid sky = new SkyGrid();
        for (Cursor<String, HeaderCard> cards = header.iterator(); cards.hasNext(); ) {
            HeaderCard card = cards.next();
            if (SkyGrid.uses(card.getKey()) && card.getValue() != null) {
                sky.put(card.getKey(), card.getValue());
            }
        }
        return sky;
    }
}
