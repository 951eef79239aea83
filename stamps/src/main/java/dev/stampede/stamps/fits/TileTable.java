package dev.stampede.stamps.fits;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nom.tam.fits.Header;
import nom.tam.fits.header.Standard;

/**
 * A binary table with one tile by row, whose bytes are in its heap. Source: the FITS standard, version 4.0, section 7.3.
 * The bytes of a cell are checked to lie in the table before they are copied.
 */
final class TileTable {
    private static final Pattern FORMAT = Pattern.compile("(\\d{0,9})([LXBIJKAEDCM]|[PQ]([LXBIJKAEDCM]).*)");

    private final ByteBuffer bytes;
    private final int rows;
    private final int rowBytes;
    private final long heapStart;
    private final Map<String, Column> columns = new HashMap<>();

    /** One column: where it begins in a row, its type, and for P and Q the bytes of an element in the heap. */
    private record Column(int at, char type, int elementBytes) {}

    /** @param bytes the table from its first row, complete */
    TileTable(Header header, ByteBuffer bytes) {
        this.bytes = bytes;
        rows = header.getIntValue(Standard.NAXIS2);
        rowBytes = header.getIntValue(Standard.NAXIS1);
        heapStart = header.getLongValue(Standard.THEAP, (long) rows * rowBytes);
        long at = 0;
        int fields = header.getIntValue(Standard.TFIELDS);
        for (int field = 1; field <= fields && at <= rowBytes; field++) {
            String text = String.valueOf(header.getStringValue(Standard.TFORMn.n(field)))
                    .strip();
            Matcher format = FORMAT.matcher(text);
            if (!format.matches()) {
                throw new FitsFormatException("the column " + field + " of its table of tiles has the format " + text);
            }
            long repeat = format.group(1).isEmpty() ? 1 : Long.parseLong(format.group(1));
            char type = format.group(2).charAt(0);
            int elementBytes =
                    format.group(3) == null ? 0 : size(format.group(3).charAt(0));
            if (repeat > 0) {
                String name = String.valueOf(header.getStringValue(Standard.TTYPEn.n(field)))
                        .strip();
                columns.put(name, new Column((int) at, type, elementBytes));
            }
            at += type == 'X' ? (repeat + Byte.SIZE - 1) / Byte.SIZE : repeat * size(type);
        }
        if (rows < 1 || at != rowBytes) {
            throw new FitsFormatException("the rows of its table of tiles have not the size of their columns");
        }
    }

    /** Bytes of an element. */
    private static int size(char type) {
        return switch (type) {
            case 'I' -> Short.BYTES;
            case 'J', 'E' -> Integer.BYTES;
            case 'K', 'D', 'C', 'P' -> Long.BYTES;
            case 'M', 'Q' -> 2 * Long.BYTES;
            default -> 1;
        };
    }

    int rows() {
        return rows;
    }

    boolean has(String column) {
        return columns.containsKey(column);
    }

    /** The number in a cell; empty if there is no such column of numbers. */
    OptionalDouble number(String name, int row) {
        Column column = columns.get(name);
        if (column == null) {
            return OptionalDouble.empty();
        }
        int at = row * rowBytes + column.at();
        return switch (column.type()) {
            case 'D' -> OptionalDouble.of(bytes.getDouble(at));
            case 'E' -> OptionalDouble.of(bytes.getFloat(at));
            case 'K' -> OptionalDouble.of((double) bytes.getLong(at));
            case 'J' -> OptionalDouble.of(bytes.getInt(at));
            case 'I' -> OptionalDouble.of(bytes.getShort(at));
            case 'B' -> OptionalDouble.of(bytes.get(at) & 0xff);
            default -> OptionalDouble.empty();
        };
    }

    /** The bytes in the heap that a cell refers to; none if there is no such column, or the cell is empty. */
    byte[] content(String name, int row) {
        Column column = columns.get(name);
        if (column == null || column.elementBytes() == 0) {
            return new byte[0];
        }
        int at = row * rowBytes + column.at();
        boolean isLong = column.type() == 'Q';
        long length = isLong ? bytes.getLong(at) : bytes.getInt(at);
        long offset = isLong ? bytes.getLong(at + Long.BYTES) : bytes.getInt(at + Integer.BYTES);
        long space = bytes.limit() - heapStart - offset;
        if (length < 0 || offset < 0 || heapStart < 0 || length > Math.max(0, space) / column.elementBytes()) {
            throw new FitsFormatException("the tile " + (row + 1) + " lies outside of the file");
        }
        byte[] content = new byte[(int) length * column.elementBytes()];
        bytes.get((int) (heapStart + offset), content);
        return content;
    }
}
