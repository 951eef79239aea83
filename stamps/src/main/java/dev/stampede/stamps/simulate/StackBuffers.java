package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.simulate.SimulatedCandidate.Truth;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.EnumMap;
import java.util.Map;

/** Makes candidates one by one in reused arrays. Not thread-safe. */
final class StackBuffers {
    /** The purposes of random streams. A separate one for the sky makes it independent of the candidate. */
    private static final long SKY = 1;

    private static final long OBJECT = 2;
    private static final long TRAJECTORY = 3;
    private static final long TEMPLATE = 4;
    /** The share of stamps with another object. */
    private static final double NEIGHBOUR_SHARE = 0.08;

    private final SimulationSettings settings;
    private final long seed;
    private final Map<CandidateKind, SignalPainter> painters = new EnumMap<>(CandidateKind.class);
    private final ExposureStack stack;
    private final SignalStack signal;
    private final Sky sky;
    private final ResidualBackground residual;
    private final NoisePeak noisePeak;
    private final MatchedFilter filter;
    private final Coadder coadder;
    private final TemplateImage template;
    private final TrajectoryWindow first;
    private final TrajectoryWindow window;

    StackBuffers(SimulationSettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
        StackShape shape = StackShape.of(settings.planes(), settings.size());
        stack = new ExposureStack(shape);
        signal = new SignalStack(shape);
        sky = new Sky(shape);
        residual = new ResidualBackground(shape);
        noisePeak = new NoisePeak(shape);
        filter = new MatchedFilter(shape);
        coadder = new Coadder(shape);
        template = new TemplateImage(shape);
        first = new TrajectoryWindow(shape);
        window = new TrajectoryWindow(shape);
        painters.put(
                CandidateKind.POINT_SOURCE, new PointSource(settings.signalToNoiseLow(), settings.signalToNoiseHigh()));
        painters.put(
                CandidateKind.NEGATIVE_SOURCE,
                new PointSource(-settings.signalToNoiseLow(), -settings.signalToNoiseHigh()));
        painters.put(CandidateKind.STAR_RESIDUE, StarResidue.CANDIDATE);
        painters.put(CandidateKind.COSMIC_RAY, new CosmicRay());
        painters.put(CandidateKind.STREAK, new Streak());
        painters.put(CandidateKind.DETECTOR_DEFECT, new DetectorDefect());
    }

    /**
     * Makes the candidate {@code index}.
     *
     * @param group the trajectory group, which determines the sky and the object
     * @param member 0 for the first of the group, found at its position; the others are found along nearby trajectories
     */
    SimulatedCandidate make(long index, long group, int member) {
        RandomStream skyRandom = RandomStream.of(seed, group, SKY);
        RandomStream random = RandomStream.of(seed, group, OBJECT);
        CandidateKind kind = settings.kindAt(random.uniform());
        sky.observe(stack, skyRandom);
        first.centre(stack);
        Appearance observed = Appearance.NOTHING;
        if (kind == CandidateKind.NOISE_PEAK) { // first, as its formula requires pure noise
            observed = noisePeak.impose(stack, random);
        }
        if (settings.showsCutouts()) { // as soon as the noise of the difference is known
            template.observe(stack, RandomStream.of(seed, group, TEMPLATE));
        }
        residual.add(stack, skyRandom);
        if (skyRandom.chance(NEIGHBOUR_SHARE)) {
            put(StarResidue.NEIGHBOUR, Plane.WEIGHTED, skyRandom);
        }
        Masks.lay(stack, skyRandom);
        window.trajectory(stack, member, RandomStream.of(seed, index, TRAJECTORY));
        SignalPainter painter = painters.get(kind);
        if (painter != null) {
            boolean inFirstCoadd = kind.isReal() && !settings.showsCutouts();
            observed = put(painter, inFirstCoadd ? settings.planes().get(0) : Plane.WEIGHTED, random);
        } else if (kind == CandidateKind.MASKED) {
            Masks.layNearlyEverywhere(stack, random);
        } else if (kind == CandidateKind.BLANK) {
            Masks.layEverywhere(stack);
        }
        Stamp stamp = settings.showsCutouts()
                ? template.cutOut(settings.planes(), stack, window)
                : coadder.coadd(settings.planes(), stack, window);
        return new SimulatedCandidate(stamp, truth(kind, observed, group));
    }

    /** Adds the painted signal to the stack, with its intended strength, along the group's first trajectory. */
    private Appearance put(SignalPainter painter, Plane classifiedIn, RandomStream random) {
        signal.clear(stack.exposures);
        Appearance observed = painter.paint(stack, signal, random);
        double amplitude = observed.signalToNoise() / filter.signalToNoise(classifiedIn, stack, first, signal);
        stack.add(signal, amplitude);
        if (painter instanceof StarResidue && settings.showsCutouts()) {
            template.addResidualStar(stack, observed, amplitude);
        }
        if (window.isShifted() && painter instanceof PointSource) {
            return observed.withSignalToNoise(amplitude * filter.signalToNoise(classifiedIn, stack, window, signal));
        }
        return observed;
    }

    private Truth truth(CandidateKind kind, Appearance observed, long group) {
        return new Truth(
                kind,
                observed.signalToNoise(),
                observed.fwhmPixels(),
                observed.offsetRow() - window.rowShift(),
                observed.offsetColumn() - window.columnShift(),
                group);
    }
}
