package dev.stampede.stamps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the library, as a user starts it: from its source, on the class path of stamps. */
class LibraryExampleTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Path EXAMPLE = REPOSITORY.resolve("examples/java/ClassifyStamps.java");

    @TempDir
    private Path folder;

    @Test
    @Tag("slow")
    void printsTheVerdictOfEachStamp() throws IOException, InterruptedException {
        Path stamps = folder.resolve("stamps.npy");
        SimulationSettings bright = SimulationSettings.standard().withSignalToNoise(40, 60);
        try (NpyWriter array = NpyWriter.create(stamps, 21, 21)) {
            for (CandidateKind kind : List.of(CandidateKind.POINT_SOURCE, CandidateKind.STREAK, CandidateKind.BLANK)) {
                array.write(Simulator.of(bright.only(kind), 1).candidate(0).stamp());
            }
        }
        Process example = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EXAMPLE.toString(),
                        stamps.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(example.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(example.waitFor()).as("%s", lines).isZero();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("REAL (1\\.0|0\\.9\\d+)");
        assertThat(lines.get(1)).startsWith("BOGUS ");
        assertThat(lines.get(2)).isEqualTo("ABSTAIN BLANK");
    }

    @Test
    void isWhatTheDocumentationShows() throws IOException {
        String source = Files.readString(EXAMPLE);
        assertThat(Files.readString(REPOSITORY.resolve("docs/how-to/library.md")))
                .contains("```java\n" + source + "```\n");
    }
}
