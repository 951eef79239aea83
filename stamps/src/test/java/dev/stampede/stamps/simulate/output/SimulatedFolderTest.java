package dev.stampede.stamps.simulate.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedFolderTest {
    private static final long SEED = 7;

    @TempDir
    private Path folder;

    private final AtomicLong written = new AtomicLong();

    private void write(String name, SimulationSettings settings, long count) throws IOException {
        SimulatedFolder.write(folder.resolve(name), settings, SEED, count, written::addAndGet);
    }

    @Test
    void holdsEveryCandidateOnceWithItsTruth() throws IOException {
        write("a", SimulationSettings.standard(), 2500);

        Path a = folder.resolve("a");
        try (StampFile sources = StampFile.open(a.resolve(SimulatedFolder.SOURCES));
                StampFile noise = StampFile.open(a.resolve(SimulatedFolder.NOISE))) {
            assertThat(sources.size() + noise.size()).isEqualTo(2500);
            assertThat(written).hasValue(2500);
            List<String> lines = Files.readAllLines(a.resolve(SimulatedFolder.TRUTH));
            assertThat(lines).hasSize(2501);
            Simulator simulator = Simulator.of(SimulationSettings.standard(), SEED);
            for (int i = 0; i < 100; i++) {
                SimulatedCandidate candidate = simulator.candidate(i);
                String[] cells = lines.get(i + 1).split(",", -1);
                StampFile file = cells[0].equals(SimulatedFolder.SOURCES) ? sources : noise;
                assertThat(file.stamp(Long.parseLong(cells[1]))).isEqualTo(candidate.stamp());
                assertThat(cells[3]).isEqualTo(candidate.truth().isReal() ? "1" : "0");
                assertThat(cells[8]).isEqualTo(String.valueOf(candidate.truth().groupId()));
            }
        }
    }

    @Test
    void isTheSameBytesForTheSameSeed() throws IOException {
        write("a", SimulationSettings.standard(), 300);
        write("b", SimulationSettings.standard(), 300);

        for (String file : List.of(SimulatedFolder.SOURCES, SimulatedFolder.NOISE, SimulatedFolder.TRUTH)) {
            assertThat(folder.resolve("a").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("b").resolve(file));
        }
    }

    @Test
    void keepsEveryCoaddAsAChannel() throws IOException {
        write("a", SimulationSettings.standard().withPlanes(List.of(Plane.MEDIAN, Plane.SUM)), 20);

        try (StampFile sources = StampFile.open(folder.resolve("a").resolve(SimulatedFolder.SOURCES))) {
            assertThat(sources.planes()).isEqualTo(2);
        }
    }

    @Test
    void leavesTheOldFilesIfItFails() throws IOException {
        write("a", SimulationSettings.standard(), 10);
        byte[] before = Files.readAllBytes(folder.resolve("a").resolve(SimulatedFolder.SOURCES));
        assertThatThrownBy(() -> SimulatedFolder.write(
                        folder.resolve("a"), SimulationSettings.standard(), SEED + 1, 3000, written -> {
                            throw new IllegalStateException("interrupted");
                        }))
                .hasMessage("interrupted");
        assertThat(folder.resolve("a").resolve(SimulatedFolder.SOURCES)).hasBinaryContent(before);
        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void saysThatAFolderCannotBeMade() throws IOException {
        Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> write("file", SimulationSettings.standard(), 1))
                .isInstanceOf(IOException.class);
    }
}
