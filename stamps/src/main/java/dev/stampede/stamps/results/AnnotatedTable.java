package dev.stampede.stamps.results;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.results.format.Annotation;
import dev.stampede.stamps.results.format.TableAnnotator;
import dev.stampede.stamps.results.format.TableFormat;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
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
    private final Path target;
    private final AtomicFile file;
    private final SeekableByteChannel out;
    private final TableAnnotator annotator;

    private AnnotatedTable(Path target, AtomicFile file, SeekableByteChannel out, TableAnnotator annotator) {
        this.target = target;
        this.file = file;
        this.out = out;
        this.annotator = annotator;
    }

    /**
     * Begins a copy of {@code table}.
     *
     * @param out has the format of {@code table}
     * @throws InvalidInputException if {@code table} is no regular file, such as a pipe, {@code out} is the table itself or its
     *     name has the extension of another format, or the format of {@code table} is not written
     * @throws dev.stampede.stamps.error.StampedeException if {@code table} is not valid or has verdicts already, or {@code out}
     *     cannot be written
     */
    public static AnnotatedTable begin(Path table, Path out) {
        TableFormat.AnnotatorFactory annotator = annotator(table, out);
        try {
            AtomicFile file = AtomicFile.begin(out);
            SeekableByteChannel channel = Files.newByteChannel(file.temporary(), CREATE, TRUNCATE_EXISTING, WRITE);
            try {
                return new AnnotatedTable(out, file, channel, annotator.begin(table, channel));
            } catch (IOException | RuntimeException failure) {
                closeAll(channel, file);
                throw failure;
            }
        } catch (IOException failure) {
            throw FileAccessException.writing(out, failure);
        }
    }

    private static TableFormat.AnnotatorFactory annotator(Path table, Path out) {
        if (Files.exists(table) && !Files.isRegularFile(table)) { // a table is read more than once
            throw new InvalidInputException(
                    "Cannot annotate " + table + ", which is no regular file; save the table to a file first.");
        }
        TableFormat format = TableFormat.ofTable(table);
        String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
        if (format.annotator().isPresent() && format.extensions().stream().noneMatch(name::endsWith)) {
            throw new InvalidInputException("Cannot annotate " + table + " as " + out
                    + ": the result has the format of the table, " + format.name() + "; name it "
                    + String.join(" or ", format.extensions()) + ".");
        }
        try {
            if (Files.exists(out) && Files.isSameFile(table, out)) {
                throw new InvalidInputException("Cannot annotate " + table + " in place; name another file.");
            }
        } catch (IOException failure) {
            throw FileAccessException.reading(out, failure);
        }
        return format.annotator()
                .orElseThrow(
                        () -> new InvalidInputException(
                                "Cannot annotate " + table + ": " + format.name()
                                        + " is read, but not written; convert it to Parquet or ECSV, or name a CSV table of the same rows."));
    }

    private static void closeAll(SeekableByteChannel channel, AtomicFile file) throws IOException {
        try (file;
                channel) {
            // in this order, even if one fails
        }
    }

    /** The number of rows of the table. */
    public long rows() {
        return annotator.rows();
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
