package dev.stampede.stamps.npy;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the Python dictionary of a header: no more of Python than numpy writes. */
final class NpyHeaderParser {
    private final Path file;
    private final String text;
    private int position;

    private String description = "";
    private Boolean fortranOrder = false;
    private List<Long> shape = List.of();

    NpyHeaderParser(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /** The header, whose data begin at {@code dataOffset}. */
    NpyHeader parse(long dataOffset) {
        boolean[] seen = new boolean[3];
        expect('{');
        while (!accept('}')) {
            String key = string();
            expect(':');
            switch (key) {
                case "descr" -> readOnce(seen, 0, key, () -> description = elementName());
                case "fortran_order" -> readOnce(seen, 1, key, () -> fortranOrder = truth());
                case "shape" -> readOnce(seen, 2, key, () -> shape = lengths());
                default -> throw malformed("has the unknown key '" + key + "'");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        if (!(seen[0] && seen[1] && seen[2])) {
            throw malformed("lacks one of descr, fortran_order and shape");
        }
        if (peek() != 0) {
            throw malformed("goes on after its dictionary");
        }
        return new NpyHeader(elementType(), byteOrder(), fortranOrder, shape, dataOffset);
    }

    private void readOnce(boolean[] seen, int which, String key, Runnable read) {
        if (seen[which]) {
            throw malformed("has the key '" + key + "' twice");
        }
        seen[which] = true;
        read.run();
    }

    private String elementName() {
        char next = peek();
        if (next == '[' || next == '(') {
            throw new NpyFormatException(file, "holds records of named fields; save one field with numpy.save");
        }
        return string();
    }

    private ElementType elementType() {
        if (description.endsWith("O")) {
            throw new NpyFormatException(file, "holds pickled Python objects; save with numpy.save of a float array");
        }
        // The first character is the byte order.
        return ElementType.named(description.isEmpty() ? "" : description.substring(1))
                .orElseThrow(() -> new NpyFormatException(
                        file, "holds elements of type '" + description + "'; save it with astype('float32')"));
    }

    private ByteOrder byteOrder() {
        return switch (description.charAt(0)) {
            case '<', '|' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            case '=' -> ByteOrder.nativeOrder();
            default ->
                throw new NpyFormatException(
                        file, "holds elements of type '" + description + "'; save it with astype('float32')");
        };
    }

    private boolean truth() {
        for (String word : List.of("True", "False")) {
            peek();
            if (text.startsWith(word, position)) {
                position += word.length();
                return word.equals("True");
            }
        }
        throw malformed("has a fortran_order that is neither True nor False");
    }

    private List<Long> lengths() {
        List<Long> lengths = new ArrayList<>();
        expect('(');
        while (!accept(')')) {
            lengths.add(length());
            accept('L'); // Python 2 wrote long integers so
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return lengths;
    }

    private long length() {
        peek();
        int begin = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        String digits = text.substring(begin, position);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException impossible) {
            // No digits (a sign, a name) or more than a long holds.
            throw new NpyFormatException(file, "has an impossible shape; write it again with numpy.save");
        }
    }

    private String string() {
        char quote = peek();
        int close = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
        if (close < 0) {
            throw malformed("has no string where one belongs");
        }
        String content = text.substring(position + 1, close);
        position = close + 1;
        return content;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw malformed("has no '" + wanted + "' at character " + position);
        }
    }

    private boolean accept(char wanted) {
        boolean found = peek() == wanted;
        if (found) {
            position++;
        }
        return found;
    }

    /** The next character that is no white space; 0 at the end. */
    private char peek() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position < text.length() ? text.charAt(position) : 0;
    }

    private NpyFormatException malformed(String what) {
        return new NpyFormatException(file, "is damaged: its header " + what + "; write it again with numpy.save");
    }
}
