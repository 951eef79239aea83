package dev.stampede.stamps.simulate.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.stack.FieldSettings;
import dev.stampede.stamps.simulate.stack.SearchSimulation;
import dev.stampede.stamps.simulate.stack.SearchSimulator;
import dev.stampede.stamps.simulate.stack.TruthClass;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.table.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchedFolderTest {
    /** Small images, of which a few give sixty candidates. */
    private static final FieldSettings FIELDS = new FieldSettings(96, 10, 14, 1.5, 2.5, 12, 6, 40, 90, 400, 15);

    private static final SearchSimulation SETTINGS =
            new SearchSimulation(FIELDS, List.of(Plane.MEDIAN, Plane.MEAN), 21, 5, 2);

    @TempDir
    private Path folder;

    /** Written by that many threads. */
    private Map<TruthClass, Long> write(String name, int threads) {
        return new ForkJoinPool(threads)
                .submit(() -> SearchedFolder.write(folder.resolve(name), SETTINGS, 3, 60, written -> {}))
                .join();
    }

    @Test
    void isTheSameBytesForAnyNumberOfThreads() throws IOException {
        assertThat(write("a", 1)).isEqualTo(write("b", 2));

        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(7);
            for (Path file : all) {
                assertThat(folder.resolve("b").resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void holdsEveryCandidateOnceWithItsTruthAndItsFields() {
        Map<TruthClass, Long> counts = write("a", 2);

        Path a = folder.resolve("a");
        Map<String, Long> next = new HashMap<>();
        for (CsvTable.Row row : CsvTable.read(a.resolve("truth.csv"), "file").rows()) {
            String file = row.cell("file");
            assertThat(row.cell("index")).isEqualTo(String.valueOf(next.merge(file, 1L, Long::sum) - 1));
            assertThat(row.number("likelihood")).isGreaterThanOrEqualTo(5);
            assertThat(row.number("obs_count")).isBetween(5.0, 14.0);
            boolean real = file.equals(SimulatedFolder.SOURCES);
            assertThat(row.cell("real")).isEqualTo(real ? "1" : "0");
            assertThat(Double.isFinite(row.number("signal_to_noise"))).isEqualTo(real);
        }
        Map<String, TruthClass> files = Map.of(
                SimulatedFolder.SOURCES, TruthClass.REAL,
                SimulatedFolder.NOISE, TruthClass.FALSE,
                SearchedFolder.PARTIAL, TruthClass.PARTIAL);
        files.forEach((file, truth) -> {
            long count = counts.getOrDefault(truth, 0L);
            assertThat(count).as(file).isPositive().isEqualTo(next.get(file));
            assertThat(CsvTable.read(a.resolve(SearchedFolder.table(file)), "id")
                            .rows())
                    .hasSize((int) count);
            try (StampFile stamps = StampFile.open(a.resolve(file))) {
                assertThat(stamps.size()).isEqualTo(count);
                assertThat(stamps.planes()).isEqualTo(2);
            }
        });
    }

    @Test
    void searchesAsManyFieldsAtTheSameTimeAsTheHeapHolds() {
        long fieldBytes = SearchSimulator.of(SETTINGS, 3).maxFieldBytes();

        assertThat(SearchedFolder.parallelFields(fieldBytes, 3 * fieldBytes)).isEqualTo(2);
        assertThat(SearchedFolder.parallelFields(fieldBytes, 100 * fieldBytes)).isEqualTo(8);
        assertThatThrownBy(() -> SearchedFolder.parallelFields(fieldBytes, fieldBytes))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("lower the image size");
    }

    @Test
    void needsTheMemoryOfAllExposuresAndOfTheFastestTrajectory() {
        FieldSettings large = new FieldSettings(1024, 64, 64, 4, 4, 40, 4, 60, 1000, 6000, 180);

        long bytes = SearchSimulator.of(new SearchSimulation(large, List.of(Plane.MEAN), 21, 5, 2), 3)
                .maxFieldBytes();

        // The psi images are of 3 by 2 times the side, for 1,000 pixels within the stack; and 1.3 million velocities.
        assertThat(bytes).isBetween(2L << 30, 4L << 30);
    }

    @Test
    void refusesASearchThatFindsNothing() {
        SearchSimulation hopeless = new SearchSimulation(FIELDS, List.of(Plane.MEDIAN), 21, 1e6, 2);

        assertThatThrownBy(() -> SearchedFolder.write(folder.resolve("a"), hopeless, 3, 100, written -> {}))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("lower the minimum likelihood");
        assertThat(folder.resolve("a").resolve(SimulatedFolder.TRUTH)).doesNotExist();
    }
}
