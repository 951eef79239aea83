package dev.stampede.stamps.results.format;

import dev.stampede.stamps.error.FileAccessException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of separated values byte by byte. A line break in quotes belongs to a cell; a quote begins them only as the first
 * character of a cell, as the parser of {@link EcsvTable} and of CSV tables has it. Not thread-safe.
 */
final class TextRows implements AutoCloseable {
    private static final int BLOCK = 1 << 16;
    private static final int END = -1;

    /** As many bytes as the longest cell of {@link EcsvTable}. */
    private static final int MAX_LINE = EcsvTable.MAX_CELL;

    private final Path file;
    private final InputStream in;
    private final int separator;
    private final byte[] block = new byte[BLOCK];
    private int comments;
    private int length;
    private int at;
    private byte[] line = new byte[1 << 10];
    private int lineLength;
    private int contentLength;
    private boolean isBlank;
    private int cells;

    /**
     * Opens {@code file}.
     *
     * @param comments the lines at its beginning in which quotes mean nothing
     */
    TextRows(Path file, int comments, char separator) {
        this.file = file;
        this.comments = comments;
        this.separator = separator;
        try {
            in = Files.newInputStream(file);
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }

    /** The number of lines of {@code file} that are not empty, after its first {@code comments}. */
    static long count(Path file, int comments, char separator) {
        try (TextRows rows = new TextRows(file, comments, separator)) {
            long lines = -comments;
            while (rows.next()) {
                lines += rows.isBlank() ? 0 : 1;
            }
            return lines;
        }
    }

    /** Reads the next line; false at the end of the file. */
    boolean next() {
        lineLength = 0;
        isBlank = true;
        cells = 1;
        boolean isQuoted = false;
        boolean isCellStart = true;
        int read = read();
        while (read != END && (isQuoted || (read != '\n' && read != '\r'))) {
            add(read);
            isBlank &= read == ' ';
            if (isQuoted) {
                isQuoted = read != '"' || isEscaped();
            } else {
                isQuoted = read == '"' && isCellStart && comments <= 0;
                isCellStart = read == separator || (isCellStart && read == ' ');
                cells += read == separator ? 1 : 0;
            }
            read = read();
        }
        contentLength = lineLength;
        if (read != END) {
            add(read);
        }
        if (read == '\r' && peek() == '\n') {
            add(read());
        }
        comments--;
        return lineLength > 0;
    }

    private void add(int one) {
        if (lineLength == line.length) {
            if (lineLength >= MAX_LINE) {
                throw new ResultsFormatException(
                        file, "has a line of more than " + MAX_LINE + " bytes; is a quote not closed?");
            }
            line = Arrays.copyOf(line, 2 * lineLength);
        }
        line[lineLength++] = (byte) one;
    }

    /** Whether a quote in quotes is doubled; takes the second. */
    private boolean isEscaped() {
        boolean isEscaped = peek() == '"';
        if (isEscaped) {
            add(read());
        }
        return isEscaped;
    }

    private int peek() {
        try {
            if (at == length) {
                length = Math.max(0, in.read(block));
                at = 0;
            }
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
        return at < length ? block[at] & 0xff : END;
    }

    private int read() {
        int read = peek();
        at += read == END ? 0 : 1;
        return read;
    }

    /** Whether the line is empty, which is not a row. */
    boolean isBlank() {
        return isBlank;
    }

    /** The number of cells in the line. */
    int cells() {
        return cells;
    }

    /** The bytes of the line without its end. */
    byte[] content() {
        return Arrays.copyOf(line, contentLength);
    }

    /** Writes the line without its end. */
    void writeContent(OutputStream out) throws IOException {
        out.write(line, 0, contentLength);
    }

    /** Writes the end of the line; nothing if it is the last of the file. */
    void writeEnd(OutputStream out) throws IOException {
        out.write(line, contentLength, lineLength - contentLength);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }
}
