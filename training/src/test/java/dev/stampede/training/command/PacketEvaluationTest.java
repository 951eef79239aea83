package dev.stampede.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher is a script that answers as {@code classify} does. */
class PacketEvaluationTest {
    private static final String HEADER = "alertId,band,signalToNoise,verdict,probability,surveyScore,negative\n";

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void writeStamps() {
        try (NpyWriter stamps = NpyWriter.create(folder.resolve("stamps.npy"), 21, 21)) {
            float[] pixels = new float[441];
            for (int pixel = 0; pixel < pixels.length; pixel++) {
                pixels[pixel] = pixel % 7;
            }
            for (int i = 0; i < 4; i++) {
                stamps.write(pixels, 0, 1);
            }
        }
    }

    private void classifyAnswers(String table) throws IOException {
        Files.writeString(folder.resolve("table.csv"), table);
        Path launcher = Files.writeString(folder.resolve("launcher"), """
                #!/bin/sh
                echo "$@" > %1$s/asked
                cp %1$s/stamps.npy "$6" && cat %1$s/table.csv
                """.formatted(folder));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        System.setProperty(LauncherProcess.LAUNCHER, launcher.toString());
    }

    @AfterEach
    void forgetTheLauncher() {
        System.clearProperty(LauncherProcess.LAUNCHER);
    }

    private CommandCall evaluate(String... options) {
        String[] first = {
            "evaluate", "--model", "vgg6", "--report", folder.resolve("report").toString(), "--packets", "night.tar"
        };
        String[] all = Arrays.copyOf(first, first.length + options.length);
        System.arraycopy(options, 0, all, first.length, options.length);
        return CommandCall.of(all);
    }

    @Test
    void comparesWithTheScoreOfTheSurvey() throws IOException {
        classifyAnswers(HEADER + """
                a,r,8,REAL,0.99,0.9,false
                b,g,8,BOGUS,0.01,0.95,false
                c,g,8,BOGUS,0.02,0.1,true
                d,r,,ABSTAIN,,0.4,false
                e,,,,,,
                """);
        CommandCall call = evaluate("--json");
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(Files.readString(folder.resolve("asked")))
                .startsWith("classify --model vgg6 --csv --npy ")
                .endsWith("stamps.npy night.tar\n");
        JsonNode figures = new ObjectMapper().readTree(call.out());
        assertThat(figures.get("compared").asInt()).isEqualTo(3);
        assertThat(figures.get("abstentions").asInt()).isEqualTo(1);
        assertThat(figures.get("unreadable").asInt()).isEqualTo(1);
        assertThat(figures.at("/cuts/1/above_real").asInt()).isEqualTo(1);
        assertThat(figures.at("/groups/0/rank_correlation").asDouble()).isEqualTo(-0.5);
        assertThat(figures)
                .isEqualTo(new ObjectMapper()
                        .readTree(folder.resolve("report/metrics.json").toFile()));
        assertThat(Files.readString(folder.resolve("report/report.html")))
                .contains("vgg6 1 against surveyScore", "band g", "data:image/png;base64,", "<style>")
                .doesNotContain("{{");
        assertThat(folder.resolve("report/disagreements.png")).isNotEmptyFile();
        assertThat(folder.resolve("report/scores.png")).isNotEmptyFile();
    }

    @Test
    void showsNoPictureOfDisagreementsWhereThereAreNone() throws IOException {
        classifyAnswers(HEADER + "a,r,8,REAL,0.99,0.9,false\nb,r,8,BOGUS,0.1,0.2,false\n");
        assertThat(evaluate().exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("report/report.html")))
                .contains("<p>None.</p>")
                .doesNotContain("alt=\"Disagreements\"");
    }

    @Test
    void saysThatThereIsNothingToCompare() throws IOException {
        classifyAnswers(HEADER + "a,r,8,ABSTAIN,,0.9,false\n");
        CommandCall call = evaluate();
        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains("None of the 1 candidates has a surveyScore", "1 are abstentions");
    }

    @Test
    void rejectsCutsThatDoNotAscend() {
        CommandCall call = evaluate("--cuts", "0.8,0.5");
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("--cuts are [0.8, 0.5], not ascending");
    }

    @Test
    void rejectsOptionsWithoutEffectAndAnUnknownScore() {
        assertThat(evaluate("--threshold", "0.9").err()).contains("--threshold has no effect with --packets");
        assertThat(evaluate("--against", "drb").err()).contains("'drb' is not one of surveyScore, signalToNoise");
        assertThat(evaluate("--against", "signalToNoise").err()).contains("needs --cuts");
        assertThat(CommandCall.of("evaluate", "--model", "vgg6", "--report", "r", "--data", "d", "--cuts", "1")
                        .err())
                .contains("--cuts has no effect with --data");
    }

    @Test
    void needsTheLauncher() {
        CommandCall call = evaluate();
        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains("start the program by its launcher");
    }
}
