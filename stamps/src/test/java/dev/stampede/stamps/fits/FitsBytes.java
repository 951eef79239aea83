package dev.stampede.stamps.fits;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Writes FITS files by hand, card by card, right and wrong ones. */
public final class FitsBytes {
    private static final int CARD = 80;
    private static final int BLOCK = 2880;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** An image of float32 pixels, rows first to last. */
    public static byte[] image(int width, int height, float... pixels) {
        return new FitsBytes()
                .card("SIMPLE", "T")
                .axes(-32, width, height)
                .end()
                .data(4 * pixels.length, data -> {
                    for (float pixel : pixels) {
                        data.putFloat(pixel);
                    }
                })
                .bytes();
    }

    /** {@code bytes} in gzip. */
    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    public FitsBytes card(String keyword, Object value) {
        return text(String.format(Locale.ROOT, "%-8s= %20s", keyword, value));
    }

    public FitsBytes axes(int bitsPerPixel, int... axes) {
        card("BITPIX", bitsPerPixel).card("NAXIS", axes.length);
        for (int axis = 0; axis < axes.length; axis++) {
            card("NAXIS" + (axis + 1), axes[axis]);
        }
        return this;
    }

    public FitsBytes end() {
        text("END");
        return pad(' ');
    }

    public FitsBytes data(int size, Consumer<ByteBuffer> content) {
        ByteBuffer data = ByteBuffer.allocate(size);
        content.accept(data);
        bytes.writeBytes(data.array());
        return pad('\0');
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    private FitsBytes text(String text) {
        bytes.writeBytes(String.format("%-" + CARD + "s", text).getBytes(US_ASCII));
        return this;
    }

    private FitsBytes pad(char with) {
        while (bytes.size() % BLOCK != 0) {
            bytes.write(with);
        }
        return this;
    }
}
