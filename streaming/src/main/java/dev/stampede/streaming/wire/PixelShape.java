package dev.stampede.streaming.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The size that a record states for its array of pixels, little-endian float32: rows of {@code width}, {@code height} of them
 * in each of the planes; one plane if the record states no number of planes.
 */
public record PixelShape(int planes, int height, int width) {
    private static final String PLANES = "planes";
    private static final String HEIGHT = "height";
    private static final String WIDTH = "width";

    /** The shape that {@code record} states, which has the fields {@code width} and {@code height}. */
    static PixelShape of(SpecificRecord record) {
        return new PixelShape(
                statesPlanes(record) ? size(record, PLANES) : 1, size(record, HEIGHT), size(record, WIDTH));
    }

    static boolean statesPlanes(SpecificRecord record) {
        return record.getSchema().getField(PLANES) != null;
    }

    private static int size(SpecificRecord record, String field) {
        return (Integer) record.get(record.getSchema().getField(field).pos());
    }

    /**
     * Checks that the arrays of pixels of {@code record}, and of the records in it, have the sizes that are stated.
     *
     * @throws IOException if one has another size or no pixels; the message names the field
     */
    public static void require(SpecificRecord record) throws IOException {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value instanceof SpecificRecord nested) {
                require(nested);
            } else if (value instanceof ByteBuffer bytes
                    && record.getSchema().getField(WIDTH) != null
                    && !of(record).fits(bytes.remaining())) {
                throw new IOException("the field " + field.name() + " has " + bytes.remaining()
                        + " bytes, not those of " + of(record).describe() + " float32 values");
            }
        }
    }

    /** A product beyond the exact range of a double is larger than any array. */
    private boolean fits(int bytes) {
        return planes > 0 && height > 0 && width > 0 && (double) planes * height * width * Float.BYTES == bytes;
    }

    private String describe() {
        return planes + " x " + height + " x " + width;
    }
}
