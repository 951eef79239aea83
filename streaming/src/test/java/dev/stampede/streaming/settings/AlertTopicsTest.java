package dev.stampede.streaming.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertTopicsTest {
    private static final String NIGHTS = "ztf_\\d{8}_programid1";

    private static AlertTopics parse(String text) {
        return AlertTopics.parse("topic.alerts", text);
    }

    @Test
    void areTheNamesOfAListWhetherTheyExistOrNot() {
        AlertTopics topics = parse("a.b, c-d_1,c-d_1");
        assertThat(topics.isPattern()).isFalse();
        assertThat(topics.names()).containsExactly("a.b", "c-d_1");
        assertThat(topics.readOf(List.of("axb"))).containsExactly("a.b", "c-d_1");
        assertThat(topics).hasToString("a.b,c-d_1");
    }

    @Test
    void areThoseThatAPatternMatchesAsAWhole() {
        AlertTopics topics = parse(NIGHTS);
        assertThat(topics.isPattern()).isTrue();
        assertThat(topics.names()).isEmpty();
        assertThat(topics.readOf(List.of(
                        "ztf_20261129_programid1",
                        "ztf_20261128_programid1",
                        "ztf_20261128_programid12",
                        "my_ztf_20261128_programid1",
                        "ztf_2026112_programid1")))
                .containsExactly("ztf_20261128_programid1", "ztf_20261129_programid1");
        assertThat(topics).hasToString(NIGHTS);
    }

    @Test
    void maySeparateAlternativesAndHaveCommas() {
        assertThat(parse("replayed|ztf_\\d{8,9}").readOf(List.of("replayed", "ztf_20261128", "ztf_1")))
                .containsExactly("replayed", "ztf_20261128");
    }

    @ParameterizedTest(name = "{0} is read: {1}")
    @CsvSource({
        "ztf_20261129_x, true",
        "ztf_20261123_x, true",
        "ztf_20261122_x, false",
        "ztf_20261031_x, false",
        "ztf_20261201_x, true",
        "ztf_20270101_x, true",
        "ztf_20251231_x, false",
        "ztf_19991231_x, false",
        "ztf_2026-11-22, false",
        "ztf_2026_11_23, true",
        "ztf_2026.11.22, false",
        "ztf_00000001_x, true",
        "ztf_20261345_x, true",
        "ztf_120261122_x, true",
        "ztf_x, true",
        "ztf_20261122_20261129, false",
    })
    void withADateBeforeTheOldestDayAreNotRead(String topic, boolean isRead) {
        AlertTopics topics = AlertTopics.parse("topic.alerts", "ztf_.*", LocalDate.of(2026, 11, 23));
        assertThat(topics.readOf(List.of(topic))).hasSize(isRead ? 1 : 0);
        assertThat(topics.allOf(List.of(topic))).containsExactly(topic);
        assertThat(AlertTopics.parse("topic.alerts", topic, LocalDate.of(2026, 11, 23))
                        .readOf(List.of()))
                .as("a topic that is named is read whatever its date")
                .containsExactly(topic);
    }

    private static StreamSettings nights(String oldest) {
        return StreamSettings.of(
                Map.of("bootstrap.servers", "kafka:9092", "topic.alerts", "n\\d{8}", "topic.oldest", oldest));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"2026-11-29", "2026-11-23", "2026-11-02", "2026-11-01", "2026-10-31", "2026-01-01", "2019-12-31"
            })
    void beginOnTheOldestDay(LocalDate oldest) {
        AlertTopics topics = nights(oldest.toString()).alertTopics();
        for (int age = 0; age < 3100; age++) {
            LocalDate day = LocalDate.of(2026, 11, 30).minusDays(age);
            String topic = "n" + day.toString().replace("-", "");
            assertThat(topics.readOf(List.of(topic)).isEmpty()).as(topic).isEqualTo(day.isBefore(oldest));
        }
    }

    /** The members of a group must subscribe to the same topics, on whatever day each of them started. */
    @Test
    void doNotDependOnTheDayOfTheStart() {
        assertThat(nights("").alertTopics().pattern()).map(Pattern::pattern).contains("(?:n\\d{8})");
        assertThat(nights("").alertTopics().readOf(List.of("n19000101"))).containsExactly("n19000101");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"7", "2026-11-31", "20261123", "2026-11-23T00:00", "+12026-11-23"})
    void refuseAnOldestDayThatIsNoDate(String oldest) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> nights(oldest))
                .withMessageContaining("topic.oldest")
                .withMessageContaining("must be a date such as 2026-11-23");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {"a,,b; empty name", "ztf_(; neither a list of topics nor a regular expression", "ä[; neither"})
    void refusesWhatIsNeitherAListNorAPattern(String text, String why) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> parse(text))
                .withMessageContaining("topic.alerts")
                .withMessageContaining(text)
                .withMessageContaining(why);
    }

    @Test
    void refusesAPatternWithTheProtocolStreams() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> StreamSettings.of(
                        Map.of("bootstrap.servers", "kafka:9092", "topic.alerts", NIGHTS, "group.protocol", "streams")))
                .withMessageContaining("group.protocol")
                .withMessageContaining("must be classic");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ztf_\\d{8}_programid1", "ztf_\\\\d{8}_programid1"})
    void keepsTheBackslashOfAPatternInASettingsFile(String written, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("stream.properties"), "topic.alerts=" + written + "\nother=a\\tb\\\\c\\\n  d\\u0041\n");
        assertThat(SettingsSource.read(file))
                .containsEntry("topic.alerts", NIGHTS)
                .containsEntry("other", "a\tb\\cdA");
    }
}
