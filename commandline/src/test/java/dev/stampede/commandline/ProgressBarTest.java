package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    @Test
    void endsWithOnePlainLineWithoutATerminal() {
        try (ProgressBar progress = new ProgressBar(out, false, "Training", 10)) {
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
        try (ProgressBar progress = new ProgressBar(out, true, "Training", 4)) {
            progress.advance(2);
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("\r", "[############............]");
    }

    @Test
    void redrawsACustomLine() {
        try (LiveLine line = new LiveLine(out, true, Duration.ZERO)) {
            assertThat(line.isDue()).isTrue();
            line.show("1 alerts");
            line.show("2 alerts");
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("\r\033[K1 alerts\r\033[K2 alerts\n");
    }

    @Test
    void printsAPlainLineEveryTenSecondsWithoutATerminal() {
        try (LiveLine line = new LiveLine(out, false, Duration.ZERO)) {
            assertThat(line.isDue()).isFalse();
            line.show("1 alerts");
        }
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("1 alerts\n");
    }
}
