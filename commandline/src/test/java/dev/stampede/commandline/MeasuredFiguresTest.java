package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measured rates and latencies are in docs/lab, where they have a date and a machine; other pages link to them. */
class MeasuredFiguresTest {
    private static final Path DOCS = Path.of("..", "docs");

    /** Such as 21.3 us, 39,498 alerts per second, 450/s, and a p99 of 9.7 ms. */
    private static final Pattern FIGURE = Pattern.compile(
            "\\d (us|µs)\\b|\\d,\\d{3} ([a-z]+ )?per second|\\d/s\\b|p(50|90|99)\\b[^;|]{0,60} \\d[\\d.]* ms");

    /** Pages that compute with figures. */
    private static final Set<String> ALLOWED = Set.of("how-to/scale.md");

    private static List<String> figures(String text) {
        return FIGURE.matcher(text).results().map(MatchResult::group).toList();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String kind : List.of("tutorials", "how-to", "reference", "explanation")) {
            try (Stream<Path> files = Files.walk(DOCS.resolve(kind))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !ALLOWED.contains(kind + "/" + file.getFileName()))
                        .forEach(pages::add);
            }
        }
        return pages;
    }

    @Test
    void areInTheLabNotesOnly() throws IOException {
        assertThat(pages())
                .hasSizeGreaterThan(20)
                .allSatisfy(page -> assertThat(figures(Files.readString(page)))
                        .as(page + ": move the figure to a note in docs/lab, and link to it")
                        .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "costs 21.3 us a stamp",
                "39,498 alerts per second",
                "36,359/s",
                "p50 and p99 latency of 2.2 and 10.5 ms"
            })
    void areRecognised(String text) {
        assertThat(figures(text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rate 200", "up to 200 alerts per second", "a timeout of 30 s", "waits for 100 ms"})
    void areNotTheValuesOfSettings(String text) {
        assertThat(figures(text)).isEmpty();
    }
}
