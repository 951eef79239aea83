package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.injection.DifferenceSkies;
import dev.stampede.stamps.injection.InjectedFolder;
import dev.stampede.stamps.injection.InjectionSettings;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.simulate.output.SearchedFolder;
import dev.stampede.stamps.simulate.output.SearchedSheet;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.stamps.simulate.output.SimulatedSheet;
import dev.stampede.stamps.simulate.stack.SearchSimulation;
import dev.stampede.stamps.simulate.stack.SearchSimulator;
import dev.stampede.stamps.simulate.stack.TruthClass;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: writes simulated labelled stamps. */
@Command(
        name = "simulate",
        description =
                "Simulates labelled stamps: coadds of a shift-and-stack search, science, template and difference, or"
                        + " difference images of single exposures.",
        mixinStandardHelpOptions = true)
@Example("simulate --count 10000 --seed 1 --out simulated")
public final class SimulateCommand implements Callable<Integer> {
    /** Six rows of ten. */
    private static final int SHEET_STAMPS = 60;

    /** The kinds that a weight may name. */
    private static final class BogusKinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(CandidateKind.values())
                    .filter(kind -> !kind.isReal())
                    .map(CandidateKind::name)
                    .iterator();
        }
    }

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

    @Mixin
    private OutputFiles output;

    @Option(
            names = "--real-share",
            defaultValue = "0.5",
            paramLabel = "SHARE",
            description = "Share of point sources, 0 to 1; not with --search.")
    private double realShare;

    @Option(
            names = "--bogus",
            split = ",",
            paramLabel = "KIND=WEIGHT",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            completionCandidates = BogusKinds.class,
            description =
                    "Weights of the bogus kinds, such as NOISE_PEAK=6,STAR_RESIDUE=1, of ${COMPLETION-CANDIDATES};"
                            + " not with --search (default: the standard mix; with --difference that of difference images).")
    private Map<CandidateKind, Double> bogus = new EnumMap<>(CandidateKind.class);

    @Option(
            names = "--signal-to-noise",
            split = ",",
            arity = "1",
            paramLabel = "LOW,HIGH",
            description = "S/N of the faintest and the brightest point source (default: 3,100; with --search 4,60; with"
                    + " --difference 5,150).")
    private List<Double> signalToNoise = List.of();

    @Option(
            names = "--planes",
            defaultValue = "median",
            split = ",",
            paramLabel = "PLANE",
            description =
                    "Planes of every stamp, in order: median, mean, sum, weighted; or science, template, difference. With"
                            + " --search coadds only; not with --difference.")
    private List<Plane> planes;

    @Option(
            names = "--size",
            defaultValue = "" + SimulationSettings.STANDARD_SIZE,
            paramLabel = "PIXELS",
            description = "Rows and columns of every stamp; an odd number.")
    private int size;

    @Option(
            names = "--sheet",
            paramLabel = "FILE.png",
            description = "Draw the first " + SHEET_STAMPS + " stamps; of a search twenty of each class.")
    private @Nullable Path sheet;

    @ArgGroup(exclusive = false)
    private @Nullable SearchOptions search;

    @ArgGroup(exclusive = false)
    private @Nullable DifferenceOptions difference;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (count < 1) {
            throw CommandException.usage("--count must be 1 or more, not " + count + ".");
        }
        if (search != null && difference != null) {
            throw CommandException.usage("--search and --difference exclude each other.");
        }
        if (signalToNoise.isEmpty()) {
            signalToNoise = search != null
                    ? List.of(4.0, 60.0)
                    : difference != null ? List.of(5.0, 150.0) : List.of(3.0, 100.0);
        }
        if (signalToNoise.size() != 2) {
            throw CommandException.usage("--signal-to-noise needs two values, such as 3,100.");
        }
        Work work = work();
        output.requireFolder(out);
        if (sheet != null) {
            AtomicFile.requireWritable(sheet);
        }
        try (ProgressBar progress = ProgressBar.of("Simulating", count)) {
            spec.commandLine().getOut().println(work.write(progress));
        } catch (IOException failure) {
            throw CommandException.failed(
                    "Cannot write the simulated stamps to " + out + ": " + FailureReason.of(failure) + ".");
        }
        return 0;
    }

    private Work work() {
        if (search != null) {
            return search(search.settings(planes, size, signalToNoise));
        }
        return difference != null ? difference(difference) : draw(settings());
    }

    /** Writes the stamps, and the sheet if it is wanted, and returns what was written. */
    @FunctionalInterface
    private interface Work {
        String write(ProgressBar progress) throws IOException;
    }

    private Work draw(SimulationSettings settings) {
        return progress -> {
            SimulatedFolder.write(out, settings, seed, count, progress::advance);
            if (sheet != null) {
                int shown = (int) Math.min(count, SHEET_STAMPS);
                SimulatedSheet.of(Simulator.of(settings, seed), shown, "Simulated, seed " + seed)
                        .write(sheet);
            }
            return "Wrote " + count + " stamps and their true classes to " + out + ".";
        };
    }

    private Work difference(DifferenceOptions options) {
        if (spec.commandLine().getParseResult().hasMatchedOption("--planes")
                && !planes.equals(List.of(Plane.DIFFERENCE))) {
            throw CommandException.usage("--difference writes the plane difference only; leave out --planes.");
        }
        SimulationSettings stamps = settings().withPlanes(List.of(Plane.DIFFERENCE));
        InjectionSettings settings =
                options.settings(bogus.isEmpty() ? InjectionSettings.differenceArtefacts(stamps) : stamps);
        DifferenceSkies skies = options.skies(seed);
        return progress -> {
            InjectedFolder.Counts counts =
                    InjectedFolder.write(out, skies, Long.MAX_VALUE, count, settings, seed, progress::advance);
            if (sheet != null) {
                InjectedFolder.sheet(
                                skies,
                                Long.MAX_VALUE,
                                settings,
                                seed,
                                Math.min(count, SHEET_STAMPS),
                                "Simulated, seed " + seed)
                        .write(sheet);
            }
            return counts.describe(out);
        };
    }

    private Work search(SearchSimulation settings) {
        for (String option : List.of("--real-share", "--bogus")) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw CommandException.usage(option + " is not for --search, which selects the candidates itself.");
            }
        }
        return progress -> {
            Map<TruthClass, Long> counts = SearchedFolder.write(out, settings, seed, count, progress::advance);
            if (sheet != null) {
                SearchedSheet.of(SearchSimulator.of(settings, seed), "Simulated search, seed " + seed)
                        .write(sheet);
            }
            return String.format(
                    Locale.ROOT,
                    "Wrote %d candidates to %s: %d real, %d partial, %d false.",
                    count,
                    out,
                    counts.get(TruthClass.REAL),
                    counts.get(TruthClass.PARTIAL),
                    counts.get(TruthClass.FALSE));
        };
    }

    private SimulationSettings settings() {
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
