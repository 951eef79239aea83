package dev.stampede.stamps.fits;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stampede.stamps.stamp.Stamp;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Reads the one case that nearly every cutout is: a two-dimensional image in the primary part of the file. A general
 * reader keeps every card of the header as an object, which takes longer than to decompress the cutout; this one looks
 * at few keywords. What is not that case is left to {@link AnyImage}.
 */
final class PrimaryImage {
    private static final int CARD = 80;
    private static final int BLOCK = 2880;
    private static final int VALUE = 10;
    private static final long SIMPLE = keyword("SIMPLE");
    private static final long BITPIX = keyword("BITPIX");
    private static final long NAXIS = keyword("NAXIS");
    private static final long NAXIS1 = keyword("NAXIS1");
    private static final long NAXIS2 = keyword("NAXIS2");
    private static final long BSCALE = keyword("BSCALE");
    private static final long BZERO = keyword("BZERO");
    private static final long BLANK = keyword("BLANK");
    private static final long END = keyword("END");
    private static final long UNSET = -1;

    private final ByteBuffer file;
    private long bitsPerPixel = UNSET;
    private long axes = UNSET;
    private long width = UNSET;
    private long height = UNSET;
    private double scale = 1;
    private double zero;
    private boolean hasBlank;
    private long blank;
    private final SkyGrid sky = new SkyGrid();

    private PrimaryImage(ByteBuffer file) {
        this.file = file;
    }

    /**
     * The image in the first {@code length} bytes, one channel; empty where it is not the simple case.
     *
     * @throws FitsFormatException if it is, but cut short or beyond the limits
     */
    static Optional<FitsImage> read(byte[] bytes, int length, FitsLimits limits) {
        ByteBuffer file = ByteBuffer.wrap(bytes, 0, length).slice();
        return file.remaining() >= CARD && file.getLong(0) == SIMPLE
                ? new PrimaryImage(file).read(limits)
                : Optional.empty();
    }

    private static long keyword(String name) {
        return ByteBuffer.wrap(String.format("%-8s", name).getBytes(US_ASCII)).getLong();
    }

    private Optional<FitsImage> read(FitsLimits limits) {
        try {
            int headerEnd = readHeader();
            if (axes != 2 || width == UNSET || height == UNSET) {
                return Optional.empty();
            }
            limits.check(width, height);
            return pixels(headerEnd)
                    .map(pixels ->
                            new FitsImage(Stamp.of(1, (int) height, (int) width, pixels), sky.pixelScaleArcsec()));
        } catch (NumberFormatException e) {
            return Optional.empty(); // in a form that only the general reader may know
        }
    }

    /** Reads the cards and answers where the data begins. */
    private int readHeader() {
        for (int card = 0; card + CARD <= file.limit(); card += CARD) {
            long keyword = file.getLong(card);
            if (keyword == END) {
                return (card / BLOCK + 1) * BLOCK;
            }
            take(keyword, card);
        }
        throw new FitsFormatException("the FITS header has no end");
    }

    private void take(long keyword, int card) {
        if (keyword == BITPIX) {
            bitsPerPixel = Long.parseLong(value(card));
        } else if (keyword == NAXIS) {
            axes = Long.parseLong(value(card));
        } else if (keyword == NAXIS1) {
            width = Long.parseLong(value(card));
        } else if (keyword == NAXIS2) {
            height = Long.parseLong(value(card));
        } else if (keyword == BSCALE) {
            scale = Double.parseDouble(value(card));
        } else if (keyword == BZERO) {
            zero = Double.parseDouble(value(card));
        } else if (keyword == BLANK) {
            blank = Long.parseLong(value(card));
            hasBlank = true;
        } else {
            takeSky(card);
        }
    }

    /** Every keyword that tells of the sky starts with one of two letters; few others do. */
    private void takeSky(int card) {
        byte first = file.get(card);
        if (first == 'C' || first == 'P') {
            String keyword = text(card, card + Long.BYTES).strip();
            if (SkyGrid.wants(keyword)) {
                sky.take(keyword, value(card));
            }
        }
    }

    private String value(int card) {
        int end = VALUE;
        while (end < CARD && file.get(card + end) != '/') {
            end++;
        }
        return text(card + VALUE, card + end).strip();
    }

    private String text(int start, int end) {
        return new String(file.array(), file.arrayOffset() + start, end - start, US_ASCII);
    }

    private Optional<float[]> pixels(int start) {
        int count = (int) (width * height);
        int bytes = (int) Math.abs(bitsPerPixel) / Byte.SIZE;
        if (start > file.limit() || file.limit() - start < (long) count * bytes) {
            throw new FitsFormatException("the FITS data ends early: " + width + "x" + height + " pixels of " + bytes
                    + " bytes do not fit the " + Math.max(0, file.limit() - start) + " bytes after the header");
        }
        PixelScale scaling = new PixelScale(scale, zero, hasBlank, blank);
        ByteBuffer data = file.position(start).slice();
        float[] pixels = new float[count];
        switch ((int) bitsPerPixel) {
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    pixels[i] = scaling.pixel(data.get(i) & 0xffL);
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    pixels[i] = scaling.pixel((long) data.getShort(i * Short.BYTES));
                }
            }
            case 32 -> {
                for (int i = 0; i < count; i++) {
                    pixels[i] = scaling.pixel((long) data.getInt(i * Integer.BYTES));
                }
            }
            case -32 -> readFloats(data, scaling, pixels);
            case -64 -> {
                for (int i = 0; i < count; i++) {
                    pixels[i] = scaling.pixel(data.getDouble(i * Double.BYTES));
                }
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(pixels);
    }

    private static void readFloats(ByteBuffer data, PixelScale scaling, float[] pixels) {
        data.asFloatBuffer().get(pixels);
        if (!scaling.isIdentity()) {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = scaling.pixel((double) pixels[i]);
            }
        }
    }
}
