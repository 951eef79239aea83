package dev.stampede.streaming.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.streaming.SkyPackets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveyFileTest {
    @TempDir
    private Path folder;

    @Test
    void triesAUsersSurveysBeforeTheShipped() {
        SurveyCatalogue catalogue = SkyPackets.catalogue(folder);
        assertThat(catalogue.names()).startsWith("SKY", "ZTF");
        assertThat(catalogue.recognise(SkyPackets.schema()).orElseThrow().survey())
                .isEqualTo("SKY");
        assertThat(SurveyCatalogue.shipped().recognise(SkyPackets.schema())).isEmpty();
        assertThat(catalogue.recognise(Schema.create(Schema.Type.STRING))).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "surveyScore: | serveyScore: | serveyScore",
                "survey: SKY | | survey",
                "id: number | | id",
                "format: JD, | | time.format",
                "scale: UTC | | time.scale",
                "scale: UTC | scale: GPS | GPS",
                "format: JD | format: ISO | ISO",
                "science: science.bytes | sience: science.bytes | sience",
                "seen.dec | seen..dec | seen..dec",
                "survey: SKY | survey: [ | ",
            })
    void namesWhatIsWrongInAFile(String right, String wrong, String named) throws IOException {
        String text = SkyPackets.SURVEY_FILE.replace(right, wrong == null ? "" : wrong);
        assertThat(text).isNotEqualTo(SkyPackets.SURVEY_FILE);
        Path file = Files.writeString(folder.resolve("wrong.yaml"), text);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> SurveyCatalogue.with(List.of(file)))
                .withMessageContaining("wrong.yaml")
                .withMessageContaining(named == null ? "" : named);
    }

    @Test
    void saysWhichFileIsNotThereOrEmpty() throws IOException {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> SurveyCatalogue.with(List.of(folder.resolve("none.yaml"))))
                .withMessageContaining("none.yaml");
        Path empty = Files.writeString(folder.resolve("empty.yaml"), "");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> SurveyCatalogue.with(List.of(empty)))
                .withMessageContaining("empty.yaml");
    }
}
