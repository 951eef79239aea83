package dev.stampede.stamps.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    @Test
    void endsWithOnePlainLineWhereThereIsNoTerminal() {
        try (Progress progress = new Progress(out, false, "Training", 10)) {
            progress.advance(4);
            progress.advance(6, "loss 0.12");
        }
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .startsWith("Training 10/10 ")
                .contains("loss 0.12")
                .hasLineCount(1)
                .doesNotContain("\r");
    }

    @Test
    void drawsABarOnATerminal() {
        try (Progress progress = new Progress(out, true, "Training", 4)) {
            progress.advance(2);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("\r", "[############............]");
    }
}
