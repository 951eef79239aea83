package dev.stampede.stamps.results;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.results.format.Annotation;
import dev.stampede.stamps.results.format.ResultTable;
import dev.stampede.stamps.results.format.TableAnnotator;
import dev.stampede.stamps.results.format.TableFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a copy of a table with the verdicts of a model as further columns; all other columns and the metadata stay as they
 * are. The file appears when it is committed, not before. Not thread-safe.
 *
 * <pre>{@code
 * try (AnnotatedTable annotated = AnnotatedTable.begin(table, out)) {
 *     annotated.keep(annotation); // or skip(), once for each row
 *     annotated.commit();
 * }
 * }</pre>
 */
public final class AnnotatedTable implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path target;
    private final AtomicFile file;
    private final OutputStream out;
    private final TableAnnotator annotator;

    private AnnotatedTable(Path target, AtomicFile file, OutputStream out, TableAnnotator annotator) {
        this.target = target;
        this.file = file;
        this.out = out;
        this.annotator = annotator;
    }

    /**
     * Checks that {@code out} can be a copy of {@code table}.
     *
     * @return the number of rows
     * @throws InvalidInputException if it is the table itself, its name does not end as those of the format of {@code table}, or
     *     that format cannot be annotated
     */
    public static long requirePossible(Path table, Path out) {
        TableFormat format = TableFormat.ofTable(table);
        if (format.annotator().isEmpty()) {
            throw new InvalidInputException("Cannot annotate " + table + ": " + format.name()
                    + " is not written; convert it to .parquet or .ecsv, or name another table with --table.");
        }
        String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
        if (format.extensions().stream().noneMatch(name::endsWith)) {
            throw new InvalidInputException(
                    "Cannot annotate " + table + " as " + out + ": the result has the format of the table, "
                            + format.name() + "; name it " + String.join(" or ", format.extensions()) + ".");
        }
        try {
            if (Files.exists(out) && Files.isSameFile(table, out)) {
                throw new InvalidInputException(
                        "Cannot annotate " + table + " in place; name another file with --out.");
            }
        } catch (IOException failure) {
            throw FileAccessException.reading(out, failure);
        }
        try (ResultTable rows = format.reader().apply(table)) {
            return rows.size();
        }
    }

    /**
     * Begins the copy.
     *
     * @throws InvalidInputException as {@link #requirePossible}
     * @throws dev.stampede.stamps.error.StampedeException if {@code table} is not valid or has verdicts already, or {@code out}
     *     cannot be written
     */
    public static AnnotatedTable begin(Path table, Path out) {
        requirePossible(table, out);
        try {
            AtomicFile file = AtomicFile.begin(out);
            OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file.temporary()), BUFFER_BYTES);
            try {
                TableAnnotator annotator =
                        TableFormat.ofTable(table).annotator().orElseThrow().begin(table, stream);
                return new AnnotatedTable(out, file, stream, annotator);
            } catch (IOException | RuntimeException failure) {
                closeAll(stream, file);
                throw failure;
            }
        } catch (IOException failure) {
            throw FileAccessException.writing(out, failure);
        }
    }

    private static void closeAll(OutputStream stream, AtomicFile file) throws IOException {
        try (file;
                stream) {
            // in this order, even if one fails
        }
    }

    /** Writes the next row. */
    public void keep(Annotation annotation) {
        try {
            annotator.keep(annotation);
        } catch (IOException failure) {
            throw FileAccessException.writing(target, failure);
        }
    }

    /** Leaves the next row out. */
    public void skip() {
        try {
            annotator.skip();
        } catch (IOException failure) {
            throw FileAccessException.writing(target, failure);
        }
    }

    /**
     * Gives the file its name.
     *
     * @throws dev.stampede.stamps.results.format.ResultsFormatException if rows are missing
     */
    public void commit() {
        try {
            annotator.end();
            out.close();
            file.commit();
        } catch (IOException failure) {
            throw FileAccessException.writing(target, failure);
        }
    }

    /** Deletes the file, unless it was committed. */
    @Override
    public void close() {
        annotator.close();
        try {
            closeAll(out, file);
        } catch (IOException failure) {
            throw FileAccessException.writing(target, failure);
        }
    }
}
