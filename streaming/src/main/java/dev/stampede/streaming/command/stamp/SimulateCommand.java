package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.stamps.simulate.output.SimulatedSheet;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: writes simulated labelled stamps. */
@Command(
        name = "simulate",
        description =
                "Simulates labelled stamps: coadds of a shift-and-stack search, or science, template and difference.",
        mixinStandardHelpOptions = true)
@Example("simulate --count 10000 --seed 1 --out simulated")
public final class SimulateCommand implements Callable<Integer> {
    /** Six rows of ten. */
    private static final int SHEET_STAMPS = 60;

    @Option(
            names = "--count",
            required = true,
            paramLabel = "N",
            description = "Number of stamps of both classes together.")
    private long count;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed; the same seed gives the same bytes.")
    private long seed;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder to write; created with its parents if absent.")
    private Path out;

    @Option(
            names = "--real-share",
            defaultValue = "0.5",
            paramLabel = "SHARE",
            description = "Share of point sources, 0 to 1.")
    private double realShare;

    @Option(
            names = "--bogus",
            split = ",",
            paramLabel = "KIND=WEIGHT",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Weights of the bogus kinds, such as NOISE_PEAK=6,STAR_RESIDUE=1, of ${COMPLETION-CANDIDATES}"
                    + " without POINT_SOURCE (default: the standard mix).")
    private Map<CandidateKind, Double> bogus = new EnumMap<>(CandidateKind.class);

    @Option(
            names = "--signal-to-noise",
            defaultValue = "3,100",
            split = ",",
            arity = "1",
            paramLabel = "LOW,HIGH",
            description = "S/N of the faintest and the brightest point source.")
    private List<Double> signalToNoise;

    @Option(
            names = "--planes",
            defaultValue = "median",
            split = ",",
            paramLabel = "PLANE",
            description =
                    "Planes of every stamp, in order: median, mean, sum, weighted; or science, template, difference.")
    private List<Plane> planes;

    @Option(
            names = "--size",
            defaultValue = "" + SimulationSettings.STANDARD_SIZE,
            paramLabel = "PIXELS",
            description = "Rows and columns of every stamp; an odd number.")
    private int size;

    @Option(names = "--sheet", paramLabel = "FILE.png", description = "Draw the first " + SHEET_STAMPS + " stamps.")
    private @Nullable Path sheet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (count < 1) {
            throw CommandException.usage("--count must be 1 or more, not " + count + ".");
        }
        SimulationSettings settings = settings();
        AtomicFile.requireWritableFolder(out);
        if (sheet != null) {
            AtomicFile.requireWritable(sheet);
        }
        try (ProgressBar progress = ProgressBar.of("Simulating", count)) {
            SimulatedFolder.write(out, settings, seed, count, progress::advance);
            drawSheet(settings);
        } catch (IOException failure) {
            throw CommandException.failed(
                    "Cannot write the simulated stamps to " + out + ": " + FailureReason.of(failure) + ".");
        }
        spec.commandLine().getOut().println("Wrote " + count + " stamps and their true classes to " + out + ".");
        return 0;
    }

    private void drawSheet(SimulationSettings settings) throws IOException {
        if (sheet != null) {
            int shown = (int) Math.min(count, SHEET_STAMPS);
            SimulatedSheet.of(Simulator.of(settings, seed), shown, "Simulated, seed " + seed)
                    .write(sheet);
        }
    }

    private SimulationSettings settings() {
        if (signalToNoise.size() != 2) {
            throw CommandException.usage("--signal-to-noise needs two values, such as 3,100.");
        }
        try {
            SimulationSettings standard = SimulationSettings.standard()
                    .withRealShare(realShare)
                    .withSignalToNoise(signalToNoise.get(0), signalToNoise.get(1))
                    .withPlanes(planes)
                    .withSize(size);
            return bogus.isEmpty() ? standard : standard.withBogusWeights(bogus);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("Invalid simulation settings: " + wrong.getMessage() + ".");
        }
    }
}
