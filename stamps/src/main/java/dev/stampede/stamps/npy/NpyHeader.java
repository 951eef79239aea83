package dev.stampede.stamps.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a {@code .npy} file, as defined by numpy.lib.format: magic, version, length, and a Python dictionary of
 * element type, order and shape.
 *
 * @param fortranOrder whether the first index, not the last, varies fastest
 * @param shape lengths of the axes, none negative; empty for a single number
 * @param dataOffset where the elements begin, bytes
 */
record NpyHeader(ElementType type, ByteOrder byteOrder, boolean fortranOrder, List<Long> shape, long dataOffset) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Plain arrays need about a hundred bytes; only a type of many fields needs more than version 1 can hold. */
    private static final int MAX_LENGTH = 65_535;
    /** Two bytes of version follow the magic. */
    private static final int LENGTH_AT = MAGIC.length + 2;
    /** A shorter file is not an array. */
    static final int MIN_BYTES = LENGTH_AT + 2;
    /** One entry of the dictionary: a key in quotes and a string, tuple, list or word. */
    private static final Pattern ENTRY = Pattern.compile(
            "\\G(?:\\A\\s*\\{|\\s*,)\\s*(['\"])(\\w+)\\1\\s*:\\s*('[^']*'|\"[^\"]*\"|\\([^()]*\\)|\\[.*\\]|[^\\s,{}()'\"]+)");

    private static final Pattern END = Pattern.compile("\\s*,?\\s*\\}\\s*");
    private static final Pattern AXIS = Pattern.compile("\\s*(\\d{1,18})L?\\s*"); // Python 2 appended the L

    NpyHeader {
        shape = List.copyOf(shape);
    }

    /** The element types that are supported, each converted to float. */
    enum ElementType {
        F2(2),
        F4(4),
        F8(8),
        I1(1),
        I2(2),
        I4(4),
        I8(8),
        U1(1),
        U2(2),
        U4(4),
        U8(8),
        B1(1);

        private final int bytes;

        ElementType(int bytes) {
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }

        /**
         * Converts {@code count} elements from the start of {@code source}, in its byte order, to {@code target[offset]},
         * {@code target[offset + stride]} and so on, rounded to the nearest float.
         */
        void decode(ByteBuffer source, int count, float[] target, int offset, int stride) {
            if (this == F4 && stride == 1) {
                source.asFloatBuffer().get(0, target, offset, count);
                return;
            }
            for (int i = 0; i < count; i++) {
                target[offset + i * stride] = element(source, i * bytes);
            }
        }

        private float element(ByteBuffer source, int at) {
            return switch (this) {
                case F2 -> half(source.getShort(at));
                case F4 -> source.getFloat(at);
                case F8 -> (float) source.getDouble(at);
                case I1 -> source.get(at);
                case I2 -> source.getShort(at);
                case I4 -> source.getInt(at);
                case I8 -> source.getLong(at);
                case U1 -> Byte.toUnsignedInt(source.get(at));
                case U2 -> Short.toUnsignedInt(source.getShort(at));
                case U4 -> Integer.toUnsignedLong(source.getInt(at));
                case U8 -> unsigned(source.getLong(at));
                case B1 -> source.get(at) == 0 ? 0f : 1f;
            };
        }

        /** Whether the elements are whole numbers, which have no value for a masked pixel. */
        boolean isInteger() {
            return this != F2 && this != F4 && this != F8;
        }

        /** A number of 16 bits, by IEEE 754-2008: 1 sign, 5 exponent and 10 fraction bits. */
        private static float half(short bits) {
            int exponent = (bits >>> 10) & 0x1f;
            int fraction = bits & 0x3ff;
            float magnitude;
            if (exponent == 0x1f) {
                magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            } else if (exponent == 0) {
                magnitude = fraction * 0x1p-24f;
            } else {
                magnitude = Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
            }
            return bits < 0 ? -magnitude : magnitude;
        }

        private static float unsigned(long bits) {
            return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2f;
        }
    }

    static NpyHeader read(FileChannel channel, Path file) throws IOException {
        ByteBuffer start = read(channel, file, 0, MIN_BYTES);
        if (start.get(0) == 'P' && start.get(1) == 'K') { // a pipe: an archive can be read only from a file
            throw new NpyFormatException(file, "is an .npz archive; name it as a file");
        }
        if (!start.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new NpyFormatException(file, "is not a .npy file; write it with numpy.save of a float array");
        }
        int version = start.get(MAGIC.length);
        long length = switch (version) {
            case 1 -> Short.toUnsignedInt(start.getShort(LENGTH_AT));
            case 2, 3 ->
                Integer.toUnsignedLong(read(channel, file, LENGTH_AT, 4).getInt(0));
            default ->
                throw new NpyFormatException(file, "has .npy version " + version + "; versions 1 to 3 are supported");
        };
        int textAt = LENGTH_AT + (version == 1 ? 2 : 4);
        if (length > MAX_LENGTH) {
            throw new NpyFormatException(
                    file, "claims a header of " + length + " bytes; save a plain float array with numpy.save");
        }
        byte[] text = read(channel, file, textAt, (int) length).array();
        String dictionary = new String(text, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return parse(file, dictionary, textAt + length);
    }

    private static ByteBuffer read(FileChannel channel, Path file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new NpyFormatException(
                        file, "ends within its header, after " + channel.size() + " bytes; write or copy it again");
            }
        }
        return bytes;
    }

    private static NpyHeader parse(Path file, String dictionary, long dataOffset) {
        Map<String, String> entries = new HashMap<>();
        Matcher entry = ENTRY.matcher(dictionary);
        int end = 0;
        while (entry.find()) {
            end = entry.end();
            if (!List.of("descr", "fortran_order", "shape").contains(entry.group(2))) {
                throw damaged(file, "has the unknown key '" + entry.group(2) + "'");
            }
            if (entries.putIfAbsent(entry.group(2), entry.group(3)) != null) {
                throw damaged(file, "has the key '" + entry.group(2) + "' twice");
            }
        }
        if (!END.matcher(dictionary).region(end, dictionary.length()).matches()) {
            throw damaged(file, "cannot be parsed from character " + end + " on");
        }
        if (entries.size() < 3) {
            throw damaged(file, "lacks one of descr, fortran_order and shape");
        }
        String order = entries.getOrDefault("fortran_order", "");
        if (!order.equals("True") && !order.equals("False")) {
            throw damaged(file, "has a fortran_order that is neither True nor False");
        }
        String description = description(file, entries.getOrDefault("descr", ""));
        return new NpyHeader(
                type(file, description),
                byteOrder(file, description),
                order.equals("True"),
                shape(file, entries.getOrDefault("shape", "")),
                dataOffset);
    }

    private static String description(Path file, String value) {
        if (value.startsWith("[") || value.startsWith("(")) {
            throw new NpyFormatException(file, "holds records of named fields; save one field with numpy.save");
        }
        if (!value.startsWith("'") && !value.startsWith("\"")) {
            throw damaged(file, "has a descr that is not a string");
        }
        return value.substring(1, value.length() - 1);
    }

    private static ElementType type(Path file, String description) {
        if (description.endsWith("O")) {
            throw new NpyFormatException(file, "holds pickled Python objects; save with numpy.save of a float array");
        }
        return Arrays.stream(ElementType.values())
                .filter(type -> description.length() == 3
                        && type.name().toLowerCase(Locale.ROOT).equals(description.substring(1)))
                .findAny()
                .orElseThrow(() -> unsupported(file, description));
    }

    private static ByteOrder byteOrder(Path file, String description) {
        return switch (description.charAt(0)) {
            case '<', '|' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            case '=' -> ByteOrder.nativeOrder();
            default -> throw unsupported(file, description);
        };
    }

    private static List<Long> shape(Path file, String tuple) {
        if (!tuple.startsWith("(")) {
            throw damaged(file, "has a shape that is not a tuple");
        }
        List<String> axes =
                new ArrayList<>(List.of(tuple.substring(1, tuple.length() - 1).split(",", -1)));
        if (axes.get(axes.size() - 1).isBlank()) {
            axes.remove(axes.size() - 1); // after a comma at the end, or in an empty tuple
        }
        List<Long> shape = new ArrayList<>();
        for (String axis : axes) {
            Matcher length = AXIS.matcher(axis);
            if (!length.matches()) {
                throw new NpyFormatException(file, "has an impossible shape; write it again with numpy.save");
            }
            shape.add(Long.valueOf(length.group(1)));
        }
        return shape;
    }

    private static NpyFormatException unsupported(Path file, String description) {
        return new NpyFormatException(
                file, "holds elements of type '" + description + "'; save it with astype('float32')");
    }

    private static NpyFormatException damaged(Path file, String problem) {
        return new NpyFormatException(file, "is damaged: its header " + problem + "; write it again with numpy.save");
    }

    /** The number of rows, that is the length of the first axis; 1 for a single number. */
    long rows() {
        return shape.isEmpty() ? 1 : shape.get(0);
    }

    /** The axes of one row. */
    List<Long> rowShape() {
        return shape.isEmpty() ? shape : shape.subList(1, shape.size());
    }

    /**
     * Elements in one row.
     *
     * @throws ArithmeticException if a product of lengths exceeds {@code long}
     */
    long rowSize() {
        return rowShape().stream().reduce(1L, Math::multiplyExact);
    }
}
