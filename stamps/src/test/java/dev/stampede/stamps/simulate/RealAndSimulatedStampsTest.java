package dev.stampede.stamps.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures real and simulated stamps alike; docs/lab/2026-11-23-simulated-and-real-stamps.md has the table. */
@Tag("slow")
class RealAndSimulatedStampsTest {
    private static final int PIXELS = 21 * 21;
    private static final int SIMULATED = 200;

    private static final String HEAD = """
            | stamps | count | abstentions | neighbour correlation | FWHM, px | offset, px | white-noise S/N |
            | --- | --- | --- | --- | --- | --- | --- |
            """;

    private final StringBuilder table = new StringBuilder(HEAD);

    @Test
    void simulatedStampsMeasureAsRealOnesDo() throws IOException {
        Path real = RealData.folder("stamps");
        List<Stamp> trueStamps = new ArrayList<>(read(real.resolve("kbmod_figure_true_10.npy")));
        trueStamps.addAll(read(real.resolve("astroml_figure_true_10.npy")));
        trueStamps.addAll(read(real.resolve("kbmod_figure_simulated_on_real_sky_50.npy")));
        List<Stamp> falseStamps = new ArrayList<>(read(real.resolve("kbmod_figure_false_10.npy")));
        falseStamps.addAll(read(real.resolve("astroml_figure_false_10.npy")));
        Summary realTrue = measure("real, sources", trueStamps);
        Summary realFalse = measure("real, false positives", falseStamps);
        measure("real, false positives, raw counts", read(real.resolve("false_positive_toy.npy")));
        SimulationSettings standard = SimulationSettings.standard();
        Summary sources = measure("simulated, sources", simulate(standard.only(CandidateKind.POINT_SOURCE)));
        Summary peaks = measure("simulated, noise peaks", simulate(standard.only(CandidateKind.NOISE_PEAK)));
        Summary bogus = measure("simulated, all that is not real", simulate(standard.withRealShare(0)));
        Files.writeString(Path.of("target", "real-and-simulated-stamps.md"), table);

        assertThat(sources.median(StampStatistics::fwhmPixels))
                .isBetween(
                        realTrue.median(StampStatistics::fwhmPixels) - 0.5,
                        realTrue.median(StampStatistics::fwhmPixels) + 0.5);
        assertThat(sources.median(StampStatistics::whiteSignalToNoise))
                .isBetween(
                        realTrue.median(StampStatistics::whiteSignalToNoise) / 2,
                        realTrue.median(StampStatistics::whiteSignalToNoise) * 2);
        assertThat(realTrue.median(StampStatistics::offsetPixels))
                .isBetween(
                        sources.quantile(0.1, StampStatistics::offsetPixels),
                        sources.quantile(0.9, StampStatistics::offsetPixels));
        assertThat(realTrue.median(StampStatistics::correlation))
                .isBetween(
                        sources.quantile(0.02, StampStatistics::correlation),
                        sources.quantile(0.98, StampStatistics::correlation));
        assertThat(realFalse.median(StampStatistics::correlation))
                .isBetween(
                        peaks.quantile(0.02, StampStatistics::correlation),
                        peaks.quantile(0.98, StampStatistics::correlation));
        assertThat(bogus.degenerate).isBetween(0.08, 0.22);
    }

    /** What most of the stamps measured; those with more than 40 % masked pixels are only counted. */
    private record Summary(List<StampStatistics> measured, double degenerate) {
        double quantile(double share, ToDoubleFunction<StampStatistics> value) {
            double[] sorted = measured.stream().mapToDouble(value).sorted().toArray();
            return sorted[(int) Math.round(share * (sorted.length - 1))];
        }

        double median(ToDoubleFunction<StampStatistics> value) {
            return quantile(0.5, value);
        }

        String spread(ToDoubleFunction<StampStatistics> value) {
            return String.format(
                    Locale.ROOT, "%.2f (%.2f to %.2f)", median(value), quantile(0.1, value), quantile(0.9, value));
        }
    }

    private Summary measure(String name, List<Stamp> stamps) {
        List<StampStatistics> measured = new ArrayList<>();
        for (Stamp stamp : stamps) {
            double zeros = zeroShare(stamp);
            if (zeros < 0.4) {
                // A stamp read back from a figure has exact zeros where it was clipped, and those are no masks.
                measured.add(StampStatistics.of(stamp, !name.startsWith("real") || name.endsWith("raw counts")));
            }
        }
        Summary summary = new Summary(measured, 1 - (double) measured.size() / stamps.size());
        table.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.0f %% | %s | %s | %s | %s |%n",
                name,
                stamps.size(),
                100 * summary.degenerate,
                summary.spread(StampStatistics::correlation),
                summary.spread(StampStatistics::fwhmPixels),
                summary.spread(StampStatistics::offsetPixels),
                summary.spread(StampStatistics::whiteSignalToNoise)));
        return summary;
    }

    private static double zeroShare(Stamp stamp) {
        int zeros = 0;
        for (float pixel : SimulatorTest.pixels(stamp)) {
            zeros += pixel == 0 ? 1 : 0;
        }
        return (double) zeros / PIXELS;
    }

    private static List<Stamp> simulate(SimulationSettings settings) {
        Simulator simulator = Simulator.of(settings, 20);
        List<Stamp> stamps = new ArrayList<>();
        for (int i = 0; i < SIMULATED; i++) {
            stamps.add(simulator.candidate(i).stamp());
        }
        return stamps;
    }

    /** The first plane of every stamp in the file. */
    private static List<Stamp> read(Path file) {
        List<Stamp> stamps = new ArrayList<>();
        try (StampFile real = StampFile.open(file)) {
            real.forEach(stamp -> stamps.add(stamp.plane(0)));
        }
        return stamps;
    }
}
