package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.SingleObject;
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
    private static final LabelTable.Usual USUAL =
            new LabelTable.Usual(LabelSource.EXPERT, "ada", Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    private Path folder;

    private List<Label> read(String text) throws IOException {
        return LabelTable.read(Files.writeString(folder.resolve("labels.csv"), text, UTF_8), USUAL);
    }

    @Test
    void readsEveryColumnInWhateverOrder() throws IOException {
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
                        new Label("a2", null, Truth.BOGUS, LabelSource.EXPERT, "ada", USUAL.time(), null));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            alert_id,verdict;a,REAL;b,MAYBE            | line 3 has the verdict 'MAYBE', not one of REAL, BOGUS
            alert_id,verdict;a                         | line 2 has 1 cells, not 2
            alert_id,verdict;,REAL                     | line 2 has no alert_id
            alert_id,verdict,source;a,REAL,GUESS       | line 2 has the source 'GUESS'
            alert_id,verdict,labelled_time;a,REAL,now  | line 2 has the labelled_time 'now'
            alert_id,verdict,labelled_time;a,REAL,+999999999-01-01T00:00:00Z | line 2 has the labelled_time
            alert_id,verdict;"a,REAL                   | line 2 has a quote without its end
            alert_id,truth;a,REAL                      | line 1 names the columns [alert_id, truth]
            id,verdict;a,REAL                          | line 1 names the columns
            """)
    void namesTheLineThatIsWrong(String lines, String sentence) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> read(lines.replace(';', '\n')))
                .withMessageContaining(sentence)
                .withMessageContaining("Nothing was sent")
                .returns(2, CommandFailure::exitCode);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anyTextGivesLabelsOrASentence(long seed) throws IOException {
        Random random = new Random(seed);
        String letters = ",\"\n\r aREALbogus%\u00e90-:TZ";
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "alert_id,verdict,labelled_time\n" : "");
            random.ints(random.nextInt(60), 0, letters.length()).forEach(place -> text.append(letters.charAt(place)));
            try {
                assertThat(read(text.toString()))
                        .allSatisfy(
                                label -> assertThat(SingleObject.write(label)).isNotEmpty());
            } catch (CommandFailure sentence) {
                assertThat(sentence).hasMessageContaining("labels.csv");
            }
        }
    }
}
