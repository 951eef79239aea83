package dev.stampede.streaming.label;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTableTest {
    private static final LabelTable.Defaults DEFAULTS =
            new LabelTable.Defaults(LabelSource.EXPERT, "ada", Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    private Path folder;

    private List<Label> read(String text) throws IOException {
        return LabelTable.read(Files.writeString(folder.resolve("labels.csv"), text, UTF_8), DEFAULTS);
    }

    @Test
    void readsColumnsInAnyOrder() throws IOException {
        List<Label> labels = read("""
                verdict,alert_id,source,labeller,object_id,labelled_time,comment
                real,a1,follow_up,NTT,2026 AB1,2026-02-03T04:05:06Z,"round, ""nice"" one"

                BOGUS, a2 ,,,,,
                """);
        assertThat(labels)
                .containsExactly(
                        new Label(
                                "a1",
                                "2026 AB1",
                                Truth.REAL,
                                LabelSource.FOLLOW_UP,
                                "NTT",
                                Instant.parse("2026-02-03T04:05:06Z"),
                                "round, \"nice\" one"),
                        new Label("a2", null, Truth.BOGUS, LabelSource.EXPERT, "ada", DEFAULTS.time(), null));
    }

    @Test
    void skipsTheByteOrderMarkOfARealTable() {
        Path tables = RealData.folder("faults/csv");
        assertThat(LabelTable.read(tables.resolve("labels_bom.csv"), DEFAULTS))
                .isEqualTo(LabelTable.read(tables.resolve("labels_control.csv"), DEFAULTS))
                .hasSize(1);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            alert_id,verdict;a,REAL;b,MAYBE            | line 3, column verdict: 'MAYBE' is not one of [REAL, BOGUS]
            alert_id,verdict;a                         | line 2 has 1 cells, but the header has 2
            alert_id,verdict;,REAL                     | line 2 has no alert_id
            alert_id,verdict,source;a,REAL,GUESS       | line 2, column source: 'GUESS'
            alert_id,verdict,labelled_time;a,REAL,now  | line 2, column labelled_time: 'now'
            alert_id,verdict,labelled_time;a,REAL,+999999999-01-01T00:00:00Z | line 2, column labelled_time:
            alert_id,verdict;"a,REAL                   | line 2
            alert_id,truth;a,REAL                      | line 1 has no column 'verdict'
            id,verdict;a,REAL                          | line 1 has no column 'alert_id'
            alert_id,verdict,truth;a,REAL,x            | line 1 has the unknown columns [truth]
            """)
    void namesTheInvalidLine(String lines, String sentence) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> read(lines.replace(';', '\n')))
                .withMessageContaining(sentence);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anyTextGivesLabelsOrAnException(long seed) throws IOException {
        Random random = new Random(seed);
        String letters = ",\"\n\r aREALbogus%\u00e90-:TZ";
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "alert_id,verdict,labelled_time\n" : "");
            random.ints(random.nextInt(60), 0, letters.length()).forEach(place -> text.append(letters.charAt(place)));
            try {
                assertThat(read(text.toString()))
                        .allSatisfy(
                                label -> assertThat(SingleObject.write(label)).isNotEmpty());
            } catch (InvalidInputException sentence) {
                assertThat(sentence).hasMessageContaining("labels.csv");
            }
        }
    }
}
