package dev.stampede.stamps.results.format;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.fits.HduImage;
import dev.stampede.stamps.stamp.IntegerImage;
import dev.stampede.stamps.stamp.Stamp;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.util.FitsInputStream;

/**
 * A column of images as KBMOD writes it to a separate FITS file: a primary header with NUMRES, ISIMG and COLNAME, and one
 * image for each row, usually compressed with RICE_1. Its floats are rounded to multiples of a step (ZSCALE); the rounding
 * is treated as that of integers, unless it was dithered. The id of a row is its UUID.
 */
final class FitsColumn implements ResultTable {
    /** The first characters of the file. */
    static final String MAGIC = "SIMPLE  =";

    /** Of the step: ZZERO + n * ZSCALE is not exact. */
    private static final double ROUNDING = 1e-3;

    /** The library logs a stack trace for every bad header, and the caller reports it in a sentence. */
    private static final Logger LIBRARY = Logger.getLogger("nom.tam");

    static {
        LIBRARY.setLevel(Level.OFF);
    }

    private final Path file;
    private final String column;
    private final long size;
    private final ArrayShape shape;

    private FitsColumn(Path file, String column, long size, ArrayShape shape) {
        this.file = file;
        this.column = column;
        this.size = size;
        this.shape = shape;
    }

    static FitsColumn open(Path file) {
        try (FitsInputStream in = stream(file)) {
            Header primary = Header.readHeader(in);
            String column = primary.getStringValue("COLNAME");
            long size = primary.getLongValue("NUMRES", -1);
            if (column == null || size < 0 || !primary.getBooleanValue("ISIMG", false)) {
                throw new ResultsFormatException(
                        file,
                        "is not a column of images: its header lacks COLNAME, NUMRES or ISIMG; write it with KBMOD");
            }
            in.skipAllBytes(primary.getDataSize());
            Header first = size == 0 ? null : Header.readHeader(in);
            ArrayShape shape =
                    first == null ? new ArrayShape(1, 1, 1) : shape(first).orElse(null);
            if (shape == null) {
                throw new ResultsFormatException(file, "has a first row that is not an image; write it with KBMOD");
            }
            return new FitsColumn(file, column, size, shape);
        } catch (IOException | RuntimeException | OutOfMemoryError damaged) { // see damaged
            throw damaged(file, damaged);
        }
    }

    private static FitsInputStream stream(Path file) throws IOException {
        return new FitsInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    /** The library reports bad bytes by exceptions of many kinds, and allocates what a damaged length says. */
    private static RuntimeException damaged(Path file, Throwable cause) {
        if (cause instanceof ResultsFormatException refused) {
            return refused;
        }
        return cause instanceof FileSystemException failure
                ? FileAccessException.reading(file, failure)
                : new ResultsFormatException(
                        file, "cannot be read as FITS (" + cause.getMessage() + "); write or copy it again", cause);
    }

    private static Optional<ArrayShape> shape(Header header) {
        String axis = header.getBooleanValue("ZIMAGE", false) ? "ZNAXIS" : "NAXIS";
        List<Integer> axes = new ArrayList<>();
        for (int i = 1; i <= header.getIntValue(axis); i++) {
            axes.add(header.getIntValue(axis + i));
        }
        Collections.reverse(axes);
        return axes.size() < 2 ? Optional.empty() : ArrayShape.of(axes);
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public List<String> fields() {
        return List.of(ID);
    }

    @Override
    public Map<String, ArrayShape> arrays() {
        return Map.of(column, shape);
    }

    @Override
    public boolean isOneColumn() {
        return true;
    }

    @Override
    public Set<String> integers() {
        return Set.of();
    }

    @Override
    public RowCursor rows(List<String> arrays) {
        return new Cursor();
    }

    @Override
    public void close() {}

    private final class Cursor implements RowCursor {
        private final FitsInputStream in;
        private long next;

        Cursor() {
            try {
                in = stream(file);
                in.skipAllBytes(Header.readHeader(in).getDataSize());
            } catch (IOException | FitsException failure) {
                throw damaged(file, failure);
            }
        }

        @Override
        public ResultRow next() {
            try {
                Header header = Header.readHeader(in);
                if (header == null) {
                    throw new ResultsFormatException(
                            file, "has " + next + " images, but NUMRES is " + size + "; write it again");
                }
                if (!shape(header).equals(Optional.of(shape))) {
                    throw new ResultsFormatException(file, "image " + next + " does not have " + shape + " pixels");
                }
                Stamp stamp = stamp(header);
                String id = Optional.ofNullable(header.getStringValue("UUID")).orElse("");
                return new ResultRow("image " + next++, Map.of(ID, id), List.of(stamp));
            } catch (IOException | RuntimeException | OutOfMemoryError damaged) { // see damaged
                throw damaged(file, damaged);
            }
        }

        private Stamp stamp(Header header) throws IOException {
            HduImage image = HduImage.read(header, in);
            if (image.step() == 0) {
                return image.stamp();
            }
            float[] pixels = new float[shape.size()];
            image.stamp().copyTo(pixels, 0);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = Math.abs(pixels[i]) < ROUNDING * image.step() ? 0 : pixels[i];
            }
            IntegerImage.restore(pixels, shape.height(), shape.width(), image.step());
            return Stamp.of(shape.exposures(), shape.height(), shape.width(), pixels);
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
}
