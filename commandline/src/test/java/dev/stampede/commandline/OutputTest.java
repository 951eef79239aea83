package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);

    private enum Colour {
        RED
    }

    private record Row(
            long index,
            Colour colour,
            @Nullable String reason,
            @JsonProperty("apertureShare") float share,
            BigDecimal probability,
            List<List<Float>> map) {}

    private record Typed(
            Path file,
            Instant time,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double spread) {}

    private static final Row FIRST = new Row(0, Colour.RED, "a, \"b\"", 0.1f, probability(0.5), List.of(List.of(1f)));
    private static final Row SECOND = new Row(1, Colour.RED, null, Float.NaN, probability(1 / 3.0), List.of());

    private static BigDecimal probability(double value) {
        return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP);
    }

    private void print(OutputFormat format) {
        Output.of(Row.class, out, format).printAll(List.of(FIRST, SECOND));
    }

    @Test
    void printsOneJsonObjectPerRow() {
        print(OutputFormat.JSON);
        assertThat(text).hasToString("""
                {"index":0,"colour":"RED","reason":"a, \\"b\\"","apertureShare":0.1,"probability":0.500000,"map":[[1.0]]}
                {"index":1,"colour":"RED","reason":null,"apertureShare":null,"probability":0.333333,"map":[]}
                """);
    }

    @Test
    void printsCsvWithAHeader() {
        print(OutputFormat.CSV);
        assertThat(text).hasToString("""
                index,colour,reason,apertureShare,probability,map
                0,RED,"a, ""b""\",0.1,0.500000,[[1.0]]
                1,RED,,,0.333333,[]
                """);
    }

    @Test
    void alignsTextInColumns() {
        print(OutputFormat.TEXT);
        assertThat(text).hasToString("""
                index  colour  reason  apertureShare  probability  map
                0      RED     a, "b"  0.1            0.500000     [[1.0]]
                1      RED                            0.333333     []
                """);
    }

    @Test
    void printsTextLinesOfTheCaller() {
        Output<Row> output = Output.of(Row.class, out, OutputFormat.TEXT).text("head", row -> row.index() + "  ");
        output.begin();
        output.print(FIRST);
        output.print(SECOND);
        assertThat(text).hasToString("head\n0\n1\n");
    }

    @Test
    void leavesColumnsOut() {
        String[] hidden = {"map", "reason", "colour"};
        Output.of(Row.class, out, OutputFormat.CSV).without(hidden).printAll(List.of(FIRST));
        Output.of(Row.class, out, OutputFormat.JSON).without(hidden).printAll(List.of(FIRST));
        assertThat(text).hasToString("""
                index,apertureShare,probability
                0,0.1,0.500000
                {"index":0,"apertureShare":0.1,"probability":0.500000}
                """);
    }

    @Test
    void printsPathsAndTimesAsText() {
        Typed row = new Typed(Path.of("/a/b"), Instant.parse("2026-01-02T03:04:05Z"), null);
        Output.print(out, OutputFormat.JSON, row);
        Output.print(out, OutputFormat.TEXT, new Typed(row.file(), row.time(), 2.0));
        assertThat(text).hasToString("""
                {"file":"/a/b","time":"2026-01-02T03:04:05.000Z"}
                file /a/b
                time 2026-01-02T03:04:05.000Z
                spread 2.0
                """);
    }

    private record Inner(String method, Float width) {}

    private record Outer(int index, @Nullable Inner crop) {}

    @Test
    void givesEachComponentOfANestedRecordAColumn() {
        List<Outer> rows = List.of(new Outer(0, new Inner("CENTRE", 21f)), new Outer(1, null));
        Output.of(Outer.class, out, OutputFormat.CSV).printAll(rows);
        Output.of(Outer.class, out, OutputFormat.JSON).printAll(rows);
        assertThat(text).hasToString("""
                index,crop.method,crop.width
                0,CENTRE,21.0
                1,,
                {"index":0,"crop":{"method":"CENTRE","width":21.0}}
                {"index":1,"crop":null}
                """);
    }

    @Test
    void printsAMap() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("rate", 12.5);
        values.put("rounds", List.of(1, 2));
        Output.print(out, OutputFormat.TEXT, values);
        Output.print(out, OutputFormat.JSON, values);
        Output.print(out, OutputFormat.CSV, values);
        assertThat(text).hasToString("""
                rate 12.5
                rounds [1, 2]
                {"rate":12.5,"rounds":[1,2]}
                rate,rounds
                12.5,"[1,2]"
                """);
    }
}
