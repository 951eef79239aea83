package dev.stampede.stamps.results.format;

import dev.stampede.stamps.error.FileAccessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file format of tables of candidates.
 *
 * @param name for messages
 * @param magic the first characters of a file, each one byte
 * @param extensions the names of its files end with one of these, the preferred first
 * @param annotator empty if its tables cannot be annotated
 */
public record TableFormat(
        String name,
        String magic,
        List<String> extensions,
        Function<Path, ResultTable> reader,
        Optional<AnnotatorFactory> annotator) {
    /** The extensions of results tables, for the help of commands and messages; those of a column are not among them. */
    public static final String TABLES = ".parquet, .parq, .ecsv, .hdf5, .h5";

    static final List<TableFormat> WITH_IMAGES = List.of(
            new TableFormat(
                    "Parquet",
                    ParquetTable.MAGIC,
                    List.of(".parquet", ".parq"),
                    ParquetTable::open,
                    Optional.of(ParquetAnnotator::begin)),
            new TableFormat(
                    "ECSV", EcsvTable.MAGIC, List.of(".ecsv"), EcsvTable::open, Optional.of(TextAnnotator::ecsv)),
            new TableFormat(
                    "HDF5",
                    Hdf5Table.MAGIC,
                    List.of(".hdf5", ".h5"),
                    Hdf5Table::open,
                    Optional.of(Hdf5Annotator::begin)),
            new TableFormat("FITS", FitsColumn.MAGIC, List.of(".fits"), FitsColumn::open, Optional.empty()));

    /** Known by no first bytes, and without images. */
    private static final TableFormat CSV =
            new TableFormat("CSV", "", List.of(".csv"), CsvFields::open, Optional.of(TextAnnotator::csv));

    private static final int MAX_MAGIC = 16;

    /** Begins an annotated copy of a table. */
    @FunctionalInterface
    public interface AnnotatorFactory {
        /**
         * Writes what comes before the first row.
         *
         * @param out stays open
         * @throws ResultsFormatException if {@code table} is not valid, or annotated already
         * @throws IOException if {@code out} cannot be written
         */
        TableAnnotator begin(Path table, SeekableByteChannel out) throws IOException;
    }

    public TableFormat {
        extensions = List.copyOf(extensions);
    }

    /** The format of a results table by its first bytes; empty for another file, and for a pipe. */
    public static Optional<TableFormat> of(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(MAX_MAGIC), StandardCharsets.ISO_8859_1);
            return WITH_IMAGES.stream()
                    .filter(format -> start.startsWith(format.magic))
                    .findFirst();
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }

    /** The same; any other file is one of comma-separated values. */
    public static TableFormat ofTable(Path file) {
        return of(file).orElse(CSV);
    }

    /** Whether a file is a single column of images. */
    public boolean isOneColumn() {
        return magic.equals(FitsColumn.MAGIC);
    }

    /** Whether a table has images in addition to numbers and texts. */
    public boolean hasImages() {
        return !equals(CSV);
    }

    /** The files of the separate columns of the table in {@code file}. */
    public List<Path> separateFiles(Path file) {
        try (ResultTable table = reader.apply(file)) {
            return table.separateColumns().stream()
                    .flatMap(column -> SeparateColumns.file(table, column).stream())
                    .toList();
        }
    }

    /** The table in {@code file} with its separate columns. */
    public ResultTable open(Path file) {
        return SeparateColumns.join(reader.apply(file));
    }
}
