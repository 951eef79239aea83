package dev.stampede.streaming.command.topic;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.schemas.Classification;
import dev.stampede.stamps.parquet.ParquetRows;
import dev.stampede.stamps.table.CsvWriter;
import dev.stampede.stamps.table.UtcTime;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Classifications in a file, in the format of its extension. */
interface ClassificationFile {
    /** Writes one classification. */
    void write(Classification classification) throws IOException;

    /** Writes what is left in memory. */
    void end() throws IOException;

    /** A format of files. */
    @FunctionalInterface
    interface Format {
        /** Begins a file in {@code out}, which stays open. */
        ClassificationFile begin(OutputStream out) throws IOException;
    }

    /** The format of {@code file}. Another one than .csv, .jsonl and .parquet is wrong usage. */
    static Format format(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return ClassificationFile::csv;
        }
        if (name.endsWith(".jsonl")) {
            return ClassificationFile::jsonLines;
        }
        if (name.endsWith(".parquet")) {
            return ClassificationFile::parquet;
        }
        throw CommandException.usage("--out writes .csv, .jsonl or .parquet, not " + file + ".");
    }

    private static ClassificationFile csv(OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        return new Csv(CsvWriter.toShared(writer, List.copyOf(ClassificationColumns.TYPES.keySet())));
    }

    private static ClassificationFile jsonLines(OutputStream out) {
        StringWriter line = new StringWriter();
        return new JsonLines(
                new OutputStreamWriter(out, StandardCharsets.UTF_8),
                line,
                Output.of(ClassificationRow.class, new PrintWriter(line), OutputFormat.JSON));
    }

    private static ClassificationFile parquet(OutputStream out) throws IOException {
        return new Parquet(ParquetRows.begin(out, ClassificationColumns.TYPES));
    }

    /** Times are ISO 8601; a number that is not finite is an empty cell, as in the CSV of other commands. */
    record Csv(CsvWriter out) implements ClassificationFile {
        @Override
        public void write(Classification classification) throws IOException {
            out.row(ClassificationColumns.cells(classification).stream()
                    .map(Csv::cell)
                    .toList());
        }

        private static String cell(@Nullable Object value) {
            if (value == null || (value instanceof Number number && !Double.isFinite(number.doubleValue()))) {
                return "";
            }
            return value instanceof Instant time ? UtcTime.format(time) : value.toString();
        }

        @Override
        public void end() throws IOException {
            out.close();
        }
    }

    /**
     * The lines of {@code tail --json}.
     *
     * @param line receives one from {@code json}, which keeps errors to itself
     */
    record JsonLines(Writer out, StringWriter line, Output<ClassificationRow> json) implements ClassificationFile {
        @Override
        public void write(Classification classification) throws IOException {
            json.print(new ClassificationRow(classification));
            out.write(line.toString());
            line.getBuffer().setLength(0);
        }

        @Override
        public void end() throws IOException {
            out.flush();
        }
    }

    /** A plain column for each field. */
    record Parquet(ParquetRows out) implements ClassificationFile {
        @Override
        public void write(Classification classification) throws IOException {
            out.row(ClassificationColumns.cells(classification));
        }

        @Override
        public void end() throws IOException {
            out.end();
        }
    }
}
