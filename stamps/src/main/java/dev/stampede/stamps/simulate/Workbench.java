package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import java.util.EnumMap;
import java.util.Map;

/** Makes candidates one after the other in arrays that it reuses: one a thread. */
final class Workbench {
    /** What a random stream is for. The sky has its own, so that it is the same whatever lies on it. */
    private static final long SKY = 1;

    private static final long OBJECT = 2;
    private static final long TRAJECTORY = 3;
    /** The share of skies with something else in the stamp. */
    private static final double NEIGHBOUR_SHARE = 0.08;

    private final SimulationSettings settings;
    private final long seed;
    private final Map<CandidateKind, Painter> painters = new EnumMap<>(CandidateKind.class);
    private final ExposureStack stack = new ExposureStack();
    private final SignalStack signal = new SignalStack();
    private final Sky sky = new Sky();
    private final ResidualBackground residual = new ResidualBackground();
    private final NoisePeak noisePeak = new NoisePeak();
    private final MatchedFilter filter = new MatchedFilter();
    private final Coadder coadder = new Coadder();
    private final Window first = new Window();
    private final Window window = new Window();

    Workbench(SimulationSettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
        painters.put(
                CandidateKind.POINT_SOURCE, new PointSource(settings.signalToNoiseLow(), settings.signalToNoiseHigh()));
        painters.put(CandidateKind.STAR_RESIDUE, StarResidue.CANDIDATE);
        painters.put(CandidateKind.COSMIC_RAY, new CosmicRay());
        painters.put(CandidateKind.STREAK, new Streak());
        painters.put(CandidateKind.DETECTOR_DEFECT, new DetectorDefect());
    }

    /**
     * Makes the candidate {@code index}.
     *
     * @param group the trajectory group, which decides the sky and the object
     * @param member 0 for the first of the group, found where it is; the others are found along trajectories beside it
     */
    SimulatedCandidate make(long index, long group, int member) {
        RandomStream skyRandom = RandomStream.of(seed, group, SKY);
        RandomStream random = RandomStream.of(seed, group, OBJECT);
        CandidateKind kind = settings.kindAt(random.uniform());
        sky.observe(stack, skyRandom);
        first.centre(stack);
        Appearance seen = Appearance.NOTHING;
        if (kind == CandidateKind.NOISE_PEAK) { // before anything else, for its law holds for pure noise
            seen = noisePeak.impose(stack, random);
        }
        residual.add(stack, skyRandom);
        if (skyRandom.chance(NEIGHBOUR_SHARE)) {
            put(StarResidue.NEIGHBOUR, CoaddKind.WEIGHTED, skyRandom);
        }
        Masks.lay(stack, skyRandom);
        window.trajectory(stack, member, RandomStream.of(seed, index, TRAJECTORY));
        Painter painter = painters.get(kind);
        if (painter != null) {
            CoaddKind judgedIn = kind.isReal() ? settings.coadds().get(0) : CoaddKind.WEIGHTED;
            seen = put(painter, judgedIn, random);
        } else if (kind == CandidateKind.MASKED) {
            Masks.layNearlyEverywhere(stack, random);
        } else if (kind == CandidateKind.BLANK) {
            Masks.layEverywhere(stack);
        }
        Stamp stamp = coadder.coadd(settings.coadds(), stack, window);
        return new SimulatedCandidate(stamp, truth(kind, seen, group));
    }

    /** Adds what {@code painter} paints to the stack, as strong as it says, along the group's first trajectory. */
    private Appearance put(Painter painter, CoaddKind judgedIn, RandomStream random) {
        signal.clear(stack.exposures);
        Appearance seen = painter.paint(stack, signal, random);
        double amplitude = seen.signalToNoise() / filter.signalToNoise(judgedIn, stack, first, signal);
        stack.add(signal, amplitude);
        if (window.isShifted() && painter instanceof PointSource) {
            return seen.withSignalToNoise(amplitude * filter.signalToNoise(judgedIn, stack, window, signal));
        }
        return seen;
    }

    private Truth truth(CandidateKind kind, Appearance seen, long group) {
        return new Truth(
                kind,
                seen.signalToNoise(),
                seen.fwhmPixels(),
                seen.offsetRow() - window.rowShift(),
                seen.offsetColumn() - window.columnShift(),
                group);
    }
}
