package dev.stampede.stamps.results.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.stamp.Stamp;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table in astropy's ECSV: metadata as YAML in comments, then separated values, in which arrays are JSON. */
final class EcsvTable implements ResultTable {
    /** The first characters of the file. */
    static final String MAGIC = "# %ECSV";

    /** The exposures of a stack of 100 large stamps. */
    static final int MAX_CELL = 256 << 20;

    private static final CsvFactory FACTORY = CsvFactory.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_CELL).build())
            .build();

    private final Path file;
    private final int headerLines;
    private final char separator;
    private final String yaml;
    private final TableMeta meta;
    private long size = -1;

    private EcsvTable(Path file, int headerLines, char separator, String yaml) {
        this.file = file;
        this.headerLines = headerLines;
        this.separator = separator;
        this.yaml = yaml;
        this.meta = TableMeta.parse(file, yaml);
    }

    static EcsvTable open(Path file) {
        StringBuilder yaml = new StringBuilder();
        int lines = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            while (line != null && line.startsWith("#")) {
                lines++;
                yaml.append(line.startsWith("# %") ? "" : line.substring(Math.min(2, line.length())))
                        .append('\n');
                line = reader.readLine();
            }
        } catch (CharacterCodingException wrong) {
            throw new ResultsFormatException(file, "is not in UTF-8; save it as UTF-8", wrong);
        } catch (IOException failure) {
            throw FileAccessException.reading(file, failure);
        }
        boolean hasCommas =
                yaml.toString().lines().anyMatch(line -> line.startsWith("delimiter:") && line.contains(","));
        return new EcsvTable(file, lines, hasCommas ? ',' : ' ', yaml.toString());
    }

    @Override
    public Path file() {
        return file;
    }

    /** All columns, in order. */
    List<String> columns() {
        return meta.columns().stream().map(TableMeta.Column::name).toList();
    }

    int headerLines() {
        return headerLines;
    }

    char separator() {
        return separator;
    }

    /** The lines of metadata to insert, counted as those of the file. */
    TableMeta.AnnotationLines annotationLines() {
        return TableMeta.annotationLines(file, yaml);
    }

    @Override
    public List<String> fields() {
        return meta.columns().stream()
                .filter(column -> column.shape().isEmpty() && !column.isObject())
                .map(TableMeta.Column::name)
                .toList();
    }

    @Override
    public Map<String, ArrayShape> arrays() {
        Map<String, ArrayShape> arrays = new LinkedHashMap<>();
        meta.columns().forEach(column -> column.shape().ifPresent(shape -> arrays.put(column.name(), shape)));
        return arrays;
    }

    @Override
    public List<String> separateColumns() {
        return meta.separate();
    }

    /** Counts the lines outside of quotes, once. */
    @Override
    public long size() {
        if (size < 0) {
            size = TextRows.count(file, headerLines, separator) - 1;
        }
        return size;
    }

    @Override
    public Set<String> integers() {
        return meta.columns().stream()
                .filter(TableMeta.Column::isInteger)
                .map(TableMeta.Column::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public RowCursor rows(List<String> arrays) {
        return new Cursor(arrays);
    }

    @Override
    public void close() {}

    private final class Cursor implements RowCursor {
        private final List<String> wanted;
        private final CsvParser parser;
        private int line;

        Cursor(List<String> wanted) {
            this.wanted = wanted;
            try {
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(new BufferedInputStream(Files.newInputStream(file)), UTF_8.newDecoder()));
                for (int i = 0; i < headerLines; i++) {
                    reader.readLine();
                }
                parser = FACTORY.createParser(reader);
            } catch (IOException failure) {
                throw FileAccessException.reading(file, failure);
            }
            parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
            requireNames();
        }

        private void requireNames() {
            List<String> described = columns();
            List<String> names = Arrays.asList(new String[described.size()]);
            read((column, text) -> names.set(column, text));
            if (!names.equals(described)) {
                throw invalid("has the column names " + names + ", but its metadata describes " + described, null);
            }
        }

        @FunctionalInterface
        private interface Sink {
            void accept(int column, String text) throws IOException;
        }

        /** Reads a line; each cell once, in order. */
        private void read(Sink sink) {
            try {
                if (parser.currentToken() == null) {
                    parser.nextToken(); // the start of the table
                }
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw invalid("has fewer rows than lines; write it again with astropy", null);
                }
                line = headerLines + parser.currentLocation().getLineNr();
                int column = 0;
                while (parser.nextToken() == JsonToken.VALUE_STRING) {
                    if (column < meta.columns().size()) {
                        sink.accept(column, parser.getText());
                    }
                    column++;
                }
                if (column != meta.columns().size()) {
                    throw invalid(
                            "has " + column + " cells instead of "
                                    + meta.columns().size(),
                            null);
                }
            } catch (JsonProcessingException damaged) {
                throw invalid(damaged.getOriginalMessage(), damaged);
            } catch (CharacterCodingException wrong) {
                throw new ResultsFormatException(file, "is not in UTF-8; save it as UTF-8", wrong);
            } catch (IOException failure) {
                throw FileAccessException.reading(file, failure);
            }
        }

        private ResultsFormatException invalid(String problem, @Nullable Throwable cause) {
            return new ResultsFormatException(file, "line " + line + " " + problem, cause);
        }

        @Override
        public ResultRow next() {
            Map<String, String> fields = new HashMap<>();
            Stamp[] arrays = new Stamp[wanted.size()];
            read((column, text) -> {
                TableMeta.Column described = meta.columns().get(column);
                int place = wanted.indexOf(described.name());
                if (place >= 0) {
                    ArrayShape shape = described.shape().orElseThrow();
                    try {
                        arrays[place] = JsonCell.parse(text, shape);
                    } catch (IllegalArgumentException wrong) {
                        throw invalid("column " + described.name() + ": " + wrong.getMessage(), wrong);
                    }
                } else if (described.shape().isEmpty() && !described.isObject()) {
                    fields.put(described.name(), text);
                }
            });
            return new ResultRow("line " + line, fields, List.of(arrays));
        }

        @Override
        public void close() {
            try {
                parser.close();
            } catch (IOException failure) {
                throw FileAccessException.reading(file, failure);
            }
        }
    }
}
