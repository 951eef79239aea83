package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafeTextTest {
    private static final String HOSTILE = "\033[31mred\033]0;title\007\nforged\u009b\u202e";
    private static final String ESCAPED = "\\u001b[31mred\\u001b]0;title\\u0007\\u000aforged\\u009b\\u202e";

    private record Row(String id) {}

    @Test
    void escapesControlCharactersAndKeepsOtherText() {
        assertThat(SafeText.line(HOSTILE)).isEqualTo(ESCAPED);
        assertThat(SafeText.line("é 星 ß a\\b")).isEqualTo("é 星 ß a\\b");
        assertThat(SafeText.lines("a\n\tb\r\033")).isEqualTo("a\n\tb\\u000d\\u001b");
    }

    @Test
    void isUsedByEveryTextForTerminalsButNotInJson() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        Row row = new Row(HOSTILE);
        Output.of(Row.class, out, OutputFormat.TEXT).text(Row::id).begin().print(row);
        Output.of(Row.class, out, OutputFormat.TEXT).printAll(List.of(row));
        Output.print(out, OutputFormat.TEXT, row);
        out.flush();
        assertThat(text).hasToString(ESCAPED + "\nid\n" + ESCAPED + "\nid " + ESCAPED + "\n");

        StringWriter json = new StringWriter();
        Output.print(new PrintWriter(json), OutputFormat.JSON, row);
        assertThat(json.toString()).contains("\\u001B[31mred", "\\nforged\u009b\u202e");
    }

    @Test
    void isUsedByProgress() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        LiveLine line = new LiveLine(new PrintStream(shown, true, StandardCharsets.UTF_8), false, Duration.ZERO);
        line.show(HOSTILE);
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo(ESCAPED + "\n");
    }
}
