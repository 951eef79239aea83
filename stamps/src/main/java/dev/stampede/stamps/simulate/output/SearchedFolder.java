package dev.stampede.stamps.simulate.output;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.search.Detection;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.stack.SearchSimulation;
import dev.stampede.stamps.simulate.stack.SearchSimulator;
import dev.stampede.stamps.simulate.stack.SearchedCandidate;
import dev.stampede.stamps.simulate.stack.TruthClass;
import dev.stampede.stamps.table.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Writes the candidates of a simulated search in the format of {@link SimulatedFolder}, with the partial ones in {@value #PARTIAL},
 * and next to each array a table of the same name with what the search knows of its stamps, row by row, for {@code produce}.
 */
public final class SearchedFolder implements AutoCloseable {
    /** The file of the stamps along wrong trajectories through real objects. */
    public static final String PARTIAL = "stamps_partial.npy";

    private static final List<String> TRUTH = List.of(
            "file",
            "index",
            "kind",
            "real",
            "signal_to_noise",
            "fwhm_pixels",
            "offset_row",
            "offset_column",
            "group",
            "likelihood",
            "flux",
            "flux_error",
            "obs_count",
            "x",
            "y",
            "vx",
            "vy");

    /** Names that {@code produce --table} knows. */
    private static final List<String> FIELDS = List.of(
            "id", "survey", "exposureCount", "x", "y", "vx", "vy", "likelihood", "flux", "fluxError", "psfFwhmPixels");

    /** The maximum number of fields that are searched in parallel, then written in order. */
    private static final int MAX_BLOCK = 8;
    /** The rest of the heap is for candidates and for the caller. */
    private static final double HEAP_SHARE = 0.75;
    /** After that many fields without a candidate the settings are wrong. */
    private static final int MAX_EMPTY = 64;

    private final long seed;
    private final ClassFiles real;
    private final ClassFiles partial;
    private final ClassFiles bogus;
    private final CsvWriter truth;

    private SearchedFolder(Path folder, SearchSimulation settings, long seed) throws IOException {
        this.seed = seed;
        int planes = settings.planes().size();
        int size = settings.size();
        int[] shape = planes == 1 ? new int[] {size, size} : new int[] {planes, size, size};
        real = new ClassFiles(folder, SimulatedFolder.SOURCES, shape);
        partial = new ClassFiles(folder, PARTIAL, shape);
        bogus = new ClassFiles(folder, SimulatedFolder.NOISE, shape);
        truth = CsvWriter.create(folder.resolve(SimulatedFolder.TRUTH), TRUTH);
    }

    /** The array of one class and the table next to it. */
    private static final class ClassFiles implements AutoCloseable {
        final String name;
        final NpyWriter stamps;
        final CsvWriter fields;
        long count;

        ClassFiles(Path folder, String name, int[] shape) throws IOException {
            this.name = name;
            stamps = NpyWriter.create(folder.resolve(name), shape);
            fields = CsvWriter.create(folder.resolve(table(name)), FIELDS);
        }

        @Override
        public void close() throws IOException {
            try (fields) {
                stamps.close();
            }
        }
    }

    /** The name of the table next to an array. */
    static String table(String array) {
        return array.replace(".npy", ".csv");
    }

    /**
     * Simulates and searches the fields 0, 1, ... until they have {@code count} candidates, and writes these to {@code folder}, which
     * is created if absent. The files appear only when all are complete. The number of threads changes nothing. As many fields are
     * searched at the same time as fit into the heap.
     *
     * @param written receives the number of further candidates written, from time to time
     * @return the number of candidates of each class
     * @throws IOException if the folder or a table cannot be written
     * @throws InvalidInputException if the heap is too small for a field, or the first {@value #MAX_EMPTY} fields have no candidate
     * @throws dev.stampede.stamps.error.FileAccessException if the stamps cannot be written, such as on a full disk
     */
    public static Map<TruthClass, Long> write(
            Path folder, SearchSimulation settings, long seed, long count, LongConsumer written) throws IOException {
        SearchSimulator simulator = SearchSimulator.of(settings, seed);
        int fields =
                parallelFields(simulator.maxFieldBytes(), Runtime.getRuntime().maxMemory());
        return AtomicFile.fill(folder, temporary -> {
            try (SearchedFolder files = new SearchedFolder(temporary, settings, seed)) {
                long missing = count;
                for (long first = 0; missing > 0; first += fields) {
                    if (first >= MAX_EMPTY && missing == count) {
                        throw new InvalidInputException("The search found no candidate in " + first
                                + " fields; lower the minimum likelihood or simulate brighter movers.");
                    }
                    List<SearchedCandidate> block = LongStream.range(first, first + fields)
                            .parallel()
                            .mapToObj(simulator::candidates)
                            .flatMap(List::stream)
                            .limit(missing)
                            .toList();
                    for (SearchedCandidate candidate : block) {
                        files.write(candidate);
                    }
                    missing -= block.size();
                    written.accept(block.size());
                }
                return files.counts();
            }
        });
    }

    /**
     * The number of fields of that size that are searched at the same time.
     *
     * @throws InvalidInputException if the heap is too small for one
     */
    static int parallelFields(long fieldBytes, long heapBytes) {
        long fields = (long) (HEAP_SHARE * heapBytes / fieldBytes);
        if (fields == 0) {
            throw new InvalidInputException(
                    "A field needs up to " + mebibytes(fieldBytes) + " MiB, but of the Java heap "
                            + mebibytes((long) (HEAP_SHARE * heapBytes))
                            + " MiB are for fields; lower the image size, the number of exposures, the hours or the speed, or"
                            + " enlarge the heap (-Xmx).");
        }
        return (int) Math.min(MAX_BLOCK, fields);
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    private Map<TruthClass, Long> counts() {
        Map<TruthClass, Long> counts = new EnumMap<>(TruthClass.class);
        for (TruthClass one : TruthClass.values()) {
            counts.put(one, files(one).count);
        }
        return counts;
    }

    private ClassFiles files(TruthClass one) {
        return switch (one) {
            case REAL -> real;
            case PARTIAL -> partial;
            case FALSE -> bogus;
        };
    }

    private void write(SearchedCandidate candidate) throws IOException {
        ClassFiles files = files(candidate.truth());
        files.stamps.write(candidate.stamp());
        files.fields.row(fieldRow(candidate, files.count));
        truth.row(truthRow(candidate, files.name, files.count));
        files.count++;
    }

    private static List<?> truthRow(SearchedCandidate candidate, String file, long index) {
        List<Object> row = new ArrayList<>(List.of(
                file,
                index,
                kind(candidate.truth()),
                candidate.truth() == TruthClass.REAL ? 1 : 0,
                decimal(candidate.signalToNoise()),
                decimal(candidate.fwhmPixels()),
                decimal(candidate.offsetRow()),
                decimal(candidate.offsetColumn()),
                candidate.field()));
        Detection detection = candidate.detection();
        row.addAll(List.of(
                decimal(detection.likelihood()),
                decimal(detection.flux()),
                decimal(fluxError(detection)),
                detection.exposureCount()));
        row.addAll(trajectory(detection));
        return row;
    }

    private static String kind(TruthClass truth) {
        return switch (truth) {
            case REAL -> CandidateKind.POINT_SOURCE.name().toLowerCase(Locale.ROOT);
            case PARTIAL -> "partial_trajectory";
            case FALSE -> "false_candidate";
        };
    }

    private List<?> fieldRow(SearchedCandidate candidate, long index) {
        Detection detection = candidate.detection();
        List<Object> row = new ArrayList<>(List.of(
                "searched-" + seed + "-" + candidate.truth().label() + "-" + index,
                "SIMULATED",
                detection.exposureCount()));
        row.addAll(trajectory(detection));
        row.addAll(List.of(
                decimal(detection.likelihood()),
                decimal(detection.flux()),
                decimal(fluxError(detection)),
                decimal(candidate.psfFwhmPixels())));
        return row;
    }

    /** The likelihood of a detection is its flux over the error. */
    private static double fluxError(Detection detection) {
        return detection.flux() / detection.likelihood();
    }

    private static List<?> trajectory(Detection detection) {
        return List.of(
                detection.trajectory().column(),
                detection.trajectory().row(),
                decimal(detection.trajectory().velocity().columnsPerDay()),
                decimal(detection.trajectory().velocity().rowsPerDay()));
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    @Override
    public void close() throws IOException {
        try (truth;
                real;
                partial) {
            bogus.close();
        }
    }
}
