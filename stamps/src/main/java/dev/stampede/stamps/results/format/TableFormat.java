package dev.stampede.stamps.results.format;

import dev.stampede.stamps.error.FileAccessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file format of results tables with images.
 *
 * @param magic the first characters of a file, each one byte
 */
public record TableFormat(String magic, Function<Path, ResultTable> reader) {
    private static final List<TableFormat> ALL = List.of(
            new TableFormat(ParquetTable.MAGIC, ParquetTable::open),
            new TableFormat(EcsvTable.MAGIC, EcsvTable::open),
            new TableFormat(Hdf5Table.MAGIC, Hdf5Table::open),
            new TableFormat(FitsColumn.MAGIC, FitsColumn::open));

    private static final int MAX_MAGIC = 16;

    /** The format of {@code file} by its first bytes; empty for another one, and for a pipe. */
    public static Optional<TableFormat> of(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(MAX_MAGIC), StandardCharsets.ISO_8859_1);
            return ALL.stream().filter(format -> start.startsWith(format.magic)).findFirst();
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
    }

    /** A table of comma-separated values, which is known by no first bytes and has no images. */
    public static ResultTable openCsv(Path file) {
        return CsvFields.open(file);
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
