package dev.stampede.stamps.fits;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stampede.stamps.stamp.Stamp;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the usual cutout: a primary image of two axes and 32-bit floating-point pixels without scaling. All other files are
 * for nom-tam-fits, which needs about 100 us for an image of 63x63 pixels; ONNX Runtime needs 150 us for each of the three
 * that braai looks at, so that {@code bench packets --model} could not come near the rate of the engine. Source: FITS
 * Standard 4.0, sections 4.1, 4.2 and 5.3. Not thread-safe.
 */
final class PlainImage {
    private static final int BLOCK_BYTES = 2880;
    private static final int CARD_BYTES = 80;
    private static final int KEYWORD_BYTES = 8;
    private static final int VALUE_START = 10;

    /** With one of these the file needs the library: scaled, masked, compressed or continued values. */
    private static final Set<String> SPECIAL =
            Set.of("BSCALE", "BZERO", "BLANK", "ZIMAGE", "GROUPS", "PCOUNT", "GCOUNT", "CONTINUE", "HIERARCH");

    private final byte[] file;
    private final int length;
    private final SkyGrid sky = new SkyGrid();
    private int width;
    private int height;
    private boolean isFloat;
    private boolean hasTwoAxes;

    private PlainImage(byte[] file, int length) {
        this.file = file;
        this.length = length;
    }

    /**
     * The image of a file.
     *
     * @return empty if the file is of another kind, or is damaged
     * @throws FitsFormatException if the image is above the limits
     */
    static Optional<FitsImage> read(byte[] file, int length, FitsLimits limits) {
        PlainImage image = new PlainImage(file, length);
        int end = image.readHeader();
        if (end < 0 || !image.isFloat || !image.hasTwoAxes || image.width < 1 || image.height < 1) {
            return Optional.empty();
        }
        limits.check(image.width, image.height);
        int start = (end + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        return length - start < (long) image.width * image.height * Float.BYTES
                ? Optional.empty()
                : Optional.of(image.pixels(start));
    }

    private FitsImage pixels(int start) {
        float[] pixels = new float[width * height];
        ByteBuffer.wrap(file, start, pixels.length * Float.BYTES)
                .asFloatBuffer()
                .get(pixels);
        for (int i = 0; i < pixels.length; i++) {
            if (!Float.isFinite(pixels[i])) {
                pixels[i] = Float.NaN;
            }
        }
        return new FitsImage(Stamp.of(1, height, width, pixels), sky.pixelScaleArcsec(), sky);
    }

    /** Reads the cards; returns where they end, or -1 if the library must read them. */
    private int readHeader() {
        for (int card = 0; card + CARD_BYTES <= length; card += CARD_BYTES) {
            String keyword = text(card, card + KEYWORD_BYTES);
            if (keyword.equals("END")) {
                return card + CARD_BYTES;
            }
            boolean isFirst = card == 0;
            if (SPECIAL.contains(keyword) || isFirst != keyword.equals("SIMPLE")) {
                return -1;
            }
            boolean hasValue = file[card + KEYWORD_BYTES] == '=' && file[card + KEYWORD_BYTES + 1] == ' ';
            if (hasValue && !read(keyword, card)) {
                return -1;
            }
        }
        return -1;
    }

    /** Takes in a value; false if this is no plain image. */
    private boolean read(String keyword, int card) {
        String value = value(card);
        return switch (keyword) {
            case "SIMPLE" -> value.equals("T");
            case "BITPIX" -> {
                isFloat = value.equals("-32");
                yield isFloat;
            }
            case "NAXIS" -> {
                hasTwoAxes = value.equals("2");
                yield hasTwoAxes;
            }
            case "NAXIS1" -> {
                width = side(value);
                yield width > 0;
            }
            case "NAXIS2" -> {
                height = side(value);
                yield height > 0;
            }
            default -> {
                if (SkyGrid.uses(keyword)) {
                    sky.put(keyword, value);
                }
                yield true;
            }
        };
    }

    /** The value, without a comment; a text without its quotes. */
    private String value(int card) {
        String field = text(card + VALUE_START, card + CARD_BYTES).strip();
        boolean isText = field.startsWith("'");
        int end = isText ? field.indexOf('\'', 1) : field.indexOf('/');
        return field.substring(isText ? 1 : 0, end < 0 ? field.length() : end).strip();
    }

    /** A side, pixels; 0 if it is no number. */
    private static int side(String value) {
        boolean isNumber = !value.isEmpty()
                && value.length() <= KEYWORD_BYTES
                && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? Integer.parseInt(value) : 0;
    }

    private String text(int from, int to) {
        int end = to;
        while (end > from && file[end - 1] == ' ') {
            end--;
        }
        return new String(file, from, end - from, US_ASCII);
    }
}
