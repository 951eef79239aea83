package dev.stampede.stamps.npy;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The element types that are read, each as float. */
enum ElementType {
    FLOAT32("f4", 4),
    FLOAT64("f8", 8),
    INT8("i1", 1),
    INT16("i2", 2),
    INT32("i4", 4),
    INT64("i8", 8),
    UINT8("u1", 1),
    BOOLEAN("b1", 1);

    private final String code;
    private final int bytes;

    ElementType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The type that numpy names so, without its byte order; empty where it is not read. */
    static Optional<ElementType> named(String code) {
        for (ElementType type : values()) {
            if (type.code.equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    int bytes() {
        return bytes;
    }

    /**
     * Reads {@code count} elements from the start of {@code source}, in its byte order, into {@code target[offset]},
     * {@code target[offset + stride]} and so on. What a float cannot hold is rounded to the nearest one.
     */
    void decode(ByteBuffer source, int count, float[] target, int offset, int stride) {
        if (this == FLOAT32 && stride == 1) {
            source.asFloatBuffer().get(0, target, offset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            target[offset + i * stride] = element(source, i * bytes);
        }
    }

    private float element(ByteBuffer source, int at) {
        return switch (this) {
            case FLOAT32 -> source.getFloat(at);
            case FLOAT64 -> (float) source.getDouble(at);
            case INT8 -> source.get(at);
            case INT16 -> source.getShort(at);
            case INT32 -> source.getInt(at);
            case INT64 -> source.getLong(at);
            case UINT8 -> Byte.toUnsignedInt(source.get(at));
            case BOOLEAN -> source.get(at) == 0 ? 0f : 1f;
        };
    }
}
