package dev.stampede.stamps.simulate.output;

import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Writes simulated candidates as a {@link LabelledFolder}. */
public final class SimulatedFolder {
    /** The file of the point sources. */
    public static final String SOURCES = "stamps_sources.npy";

    /** The file of everything else. */
    public static final String NOISE = "stamps_noise.npy";

    /** The table of truths; {@code file} and {@code index} identify the stamp of a line. */
    public static final String TRUTH = "truth.csv";

    /** The number of candidates that are made in parallel, then written in order. */
    private static final int BLOCK = 1000;

    private SimulatedFolder() {}

    /**
     * Makes the candidates 0 to {@code count - 1} and writes them to {@code folder}, which is created if absent. The files
     * appear only when all are complete.
     *
     * @param written receives the number of further candidates written, from time to time
     * @throws IOException if the folder or the table cannot be written
     * @throws dev.stampede.stamps.error.FileAccessException if the stamps cannot be written, such as on a full disk
     */
    public static void write(Path folder, SimulationSettings settings, long seed, long count, LongConsumer written)
            throws IOException {
        Simulator simulator = Simulator.of(settings, seed);
        AtomicFile.fill(folder, temporary -> {
            try (LabelledFolder files = LabelledFolder.create(temporary, settings)) {
                for (long first = 0; first < count; first += BLOCK) {
                    List<SimulatedCandidate> block = LongStream.range(first, Math.min(first + BLOCK, count))
                            .parallel()
                            .mapToObj(simulator::candidate)
                            .toList();
                    for (SimulatedCandidate candidate : block) {
                        files.write(candidate);
                    }
                    written.accept(block.size());
                }
            }
            return count;
        });
    }
}
