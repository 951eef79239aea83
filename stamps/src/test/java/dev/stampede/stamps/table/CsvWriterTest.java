package dev.stampede.stamps.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvWriterTest {
    @Test
    void quotesOnlyWhatMustBeQuoted() throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.to(text, List.of("a", "b"))) {
            csv.row(1, 0.5f);
            csv.row("x,y", "q\"q");
            csv.row("2026 AB1", null);
            csv.row(List.of("l\nl", "a rather long cell without any special character"));
        }
        assertThat(text).hasToString("""
                a,b
                1,0.5
                "x,y","q""q"
                2026 AB1,
                "l
                l",a rather long cell without any special character
                """);
    }

    @Test
    void writesWhatTheReaderReads(@TempDir Path folder) throws IOException {
        List<String> cells = List.of("a,b", "\"", "c\r\nd", "\u00e9\u4e2d", "#e", "%20", "'", "\\", "=1", ";");
        Path file = folder.resolve("t.csv");
        try (CsvWriter csv = CsvWriter.create(file, List.of("n", "text"))) {
            for (String cell : cells) {
                csv.row(cells.indexOf(cell), cell);
            }
        }
        assertThat(CsvTable.read(file).rows())
                .extracting(row -> row.cell("text"))
                .isEqualTo(cells);
        assertThat(Files.readString(file)).startsWith("n,text\n0,\"a,b\"\n");
    }
}
