package dev.stampede.stamps.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.stack.FieldSettings;
import dev.stampede.stamps.simulate.stack.SearchSimulation;
import dev.stampede.stamps.simulate.stack.SearchSimulator;
import dev.stampede.stamps.simulate.stack.SearchedCandidate;
import dev.stampede.stamps.simulate.stack.TruthClass;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.table.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Measures candidates of the simulated search and of KBMOD's own search alike, and writes the table and the picture of
 * docs/lab/2026-11-30-simulated-search-and-kbmod.md to target/.
 */
@Tag("system")
class SearchedAndRealCandidatesTest {
    private static final int FIELDS = 6;
    /** Candidates of each class that are measured; {@code -Dstampede.measured=300} for the table. */
    private static final int MEASURED = Integer.getInteger("stampede.measured", 40);

    private static final String HEAD = """
            | candidates | count | likelihood | exposures kept | neighbour correlation, median | mean | FWHM, px | offset, px | S/N, median over mean |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    /** The exposures of each of KBMOD's stacks. */
    private static final double KBMOD_EXPOSURES = 24;
    /** Two fifths of a stamp. */
    private static final int MAX_MASKED = 176;

    /** A candidate of either search, with median and mean coadd. */
    private record Candidate(Stamp stamp, double likelihood, double keptShare) {}

    /** Of one candidate: from the search, and measured on its median and mean coadds. */
    private record Measured(double likelihood, double keptShare, StampStatistics median, StampStatistics mean) {
        double correlation() {
            return mean.correlation();
        }

        double fwhmPixels() {
            return mean.fwhmPixels();
        }

        double offsetPixels() {
            return mean.offsetPixels();
        }

        double ratio() {
            return median.whiteSignalToNoise() / mean.whiteSignalToNoise();
        }
    }

    private final StringBuilder table = new StringBuilder(HEAD);

    @Test
    void searchedCandidatesMeasureAsThoseOfKbmodDo() throws IOException {
        Map<TruthClass, List<Measured>> kbmod = kbmod();
        Map<TruthClass, List<Measured>> simulated = simulated();
        Histograms picture = new Histograms(5, 3, "simulated search", "KBMOD's search");
        int row = 0;
        for (TruthClass truth : TruthClass.values()) {
            List<Measured> real = kbmod.getOrDefault(truth, List.of());
            List<Measured> ours = simulated.getOrDefault(truth, List.of());
            row("KBMOD, " + truth.label(), real);
            row("simulated, " + truth.label(), ours);
            draw(picture, row++, truth.label(), ours, real);
        }
        picture.write(Path.of("target", "searched-and-kbmod.png"));
        Files.writeString(Path.of("target", "searched-and-kbmod.md"), table);

        for (TruthClass truth : TruthClass.values()) {
            List<Measured> real = kbmod.getOrDefault(truth, List.of());
            List<Measured> ours = simulated.getOrDefault(truth, List.of());
            assertAgree(truth, ours, real, Measured::likelihood);
            assertAgree(truth, ours, real, Measured::keptShare);
            assertAgree(truth, ours, real, Measured::correlation);
            assertAgree(truth, ours, real, Measured::fwhmPixels);
            assertAgree(truth, ours, real, Measured::offsetPixels);
            assertAgree(truth, ours, real, Measured::ratio);
        }
    }

    /** The median of each lies within the middle four fifths of the other. */
    private static void assertAgree(
            TruthClass truth, List<Measured> ours, List<Measured> real, ToDoubleFunction<Measured> value) {
        assertThat(quantile(ours, 0.5, value))
                .as(truth.label())
                .isBetween(quantile(real, 0.1, value), quantile(real, 0.9, value));
        assertThat(quantile(real, 0.5, value))
                .as(truth.label())
                .isBetween(quantile(ours, 0.1, value), quantile(ours, 0.9, value));
    }

    private static void draw(Histograms picture, int row, String name, List<Measured> ours, List<Measured> real) {
        panel(picture, 0, row, name + ": likelihood", 5, 45, ours, real, Measured::likelihood);
        panel(picture, 1, row, "neighbour correlation", 0, 0.6, ours, real, Measured::correlation);
        panel(picture, 2, row, "FWHM, pixels", 1, 9, ours, real, Measured::fwhmPixels);
        panel(picture, 3, row, "offset, pixels", 0, 4, ours, real, Measured::offsetPixels);
        panel(picture, 4, row, "S/N, median over mean", 0.4, 1.6, ours, real, Measured::ratio);
    }

    private static void panel(
            Histograms picture,
            int column,
            int row,
            String title,
            double low,
            double high,
            List<Measured> ours,
            List<Measured> real,
            ToDoubleFunction<Measured> value) {
        picture.panel(
                column,
                row,
                title,
                low,
                high,
                ours.stream().mapToDouble(value).toArray(),
                real.stream().mapToDouble(value).toArray());
    }

    private void row(String name, List<Measured> measured) {
        table.append(String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s | %s | %s | %s |%n",
                name,
                measured.size(),
                spread(measured, "%.1f", Measured::likelihood),
                spread(measured, "%.2f", Measured::keptShare),
                spread(measured, "%.2f", one -> one.median().correlation()),
                spread(measured, "%.2f", Measured::correlation),
                spread(measured, "%.1f", Measured::fwhmPixels),
                spread(measured, "%.1f", Measured::offsetPixels),
                spread(measured, "%.2f", Measured::ratio)));
    }

    private static String spread(List<Measured> measured, String format, ToDoubleFunction<Measured> value) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + " to " + format + ")",
                quantile(measured, 0.5, value),
                quantile(measured, 0.1, value),
                quantile(measured, 0.9, value));
    }

    private static double quantile(List<Measured> measured, double share, ToDoubleFunction<Measured> value) {
        double[] sorted = measured.stream().mapToDouble(value).sorted().toArray();
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static Map<TruthClass, List<Measured>> kbmod() {
        Path folder = RealData.folder("kbmod/search");
        Map<String, TruthClass> labels = Map.of("0", TruthClass.FALSE, "1", TruthClass.REAL, "2", TruthClass.PARTIAL);
        Map<TruthClass, List<Measured>> classes = new EnumMap<>(TruthClass.class);
        List<CsvTable.Row> rows =
                CsvTable.read(folder.resolve("search_candidates.csv"), "label").rows();
        try (StampFile stamps = StampFile.open(folder.resolve("search_candidates.npz"))) {
            labels.forEach((label, truth) -> classes.put(
                    truth,
                    measured(IntStream.range(0, rows.size())
                            .filter(i -> rows.get(i).cell("label").equals(label))
                            .mapToObj(i -> new Candidate(
                                    stamps.stamp(i),
                                    rows.get(i).number("likelihood"),
                                    rows.get(i).number("obs_count") / KBMOD_EXPOSURES))
                            .toList())));
        }
        return classes;
    }

    private static Map<TruthClass, List<Measured>> simulated() {
        FieldSettings fields = FieldSettings.standard();
        SearchSimulator simulator =
                SearchSimulator.of(new SearchSimulation(fields, List.of(Plane.MEDIAN, Plane.MEAN), 21, 5, 2), 20);
        List<SearchedCandidate> all = IntStream.range(0, FIELDS * Math.max(1, MEASURED / 100))
                .boxed()
                .flatMap(field -> simulator.candidates(field).stream())
                .toList();
        Map<TruthClass, List<Measured>> classes = new EnumMap<>(TruthClass.class);
        for (TruthClass truth : TruthClass.values()) {
            classes.put(
                    truth,
                    measured(all.stream()
                            .filter(candidate -> candidate.truth() == truth)
                            .map(candidate -> new Candidate(
                                    candidate.stamp(),
                                    candidate.detection().likelihood(),
                                    (double) candidate.detection().exposureCount() / candidate.stackExposures()))
                            .toList()));
        }
        return classes;
    }

    /** Those of {@link #MEASURED} candidates, spread evenly over all, that are not mostly masked. */
    private static List<Measured> measured(List<Candidate> all) {
        List<Measured> measured = new ArrayList<>();
        int wanted = Math.min(MEASURED, all.size());
        for (int i = 0; i < wanted; i++) {
            Candidate candidate = all.get((int) ((long) i * all.size() / wanted));
            int zeros = 0;
            for (float pixel : SimulatorTest.pixels(candidate.stamp.plane(1))) {
                zeros += pixel == 0 ? 1 : 0;
            }
            if (zeros < MAX_MASKED) {
                measured.add(new Measured(
                        candidate.likelihood,
                        candidate.keptShare,
                        StampStatistics.of(candidate.stamp.plane(0), true),
                        StampStatistics.of(candidate.stamp.plane(1), true)));
            }
        }
        return measured;
    }
}
