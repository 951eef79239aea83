package dev.stampede.streaming.demo;

import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.Plane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/** Candidates of the simulator for the demo, with a higher share of real ones than in a survey, which has below 10 %. */
public final class SimulatedCandidates {
    private static final double REAL_SHARE = 0.3;

    /** The demo itself makes unusable stamps, so that their share is known. */
    private static final Set<CandidateKind> UNUSABLE = Set.of(CandidateKind.MASKED, CandidateKind.BLANK);

    private SimulatedCandidates() {}

    /** The candidate of each index from 0, with the coadds {@code planes}. */
    public static LongFunction<DemoCandidate> of(List<Plane> planes, long seed) {
        SimulationSettings standard = SimulationSettings.standard().withRealShare(REAL_SHARE);
        SimulationSettings settings = new SimulationSettings(
                planes,
                standard.size(),
                usable(standard.shares()),
                standard.signalToNoiseLow(),
                standard.signalToNoiseHigh());
        Simulator simulator = Simulator.of(settings, seed);
        return index -> {
            SimulatedCandidate simulated = simulator.candidate(index);
            return new DemoCandidate(
                    simulated.stamp(),
                    simulated.truth().isReal(),
                    simulated.truth().signalToNoise());
        };
    }

    /** The shares without the unusable kinds, whose share goes to the other artefacts in proportion. */
    private static Map<CandidateKind, Double> usable(Map<CandidateKind, Double> shares) {
        double unusable = UNUSABLE.stream()
                .mapToDouble(kind -> shares.getOrDefault(kind, 0.0))
                .sum();
        double growth = (1 - REAL_SHARE) / (1 - REAL_SHARE - unusable);
        EnumMap<CandidateKind, Double> usable = new EnumMap<>(CandidateKind.class);
        shares.forEach((kind, share) -> {
            if (!UNUSABLE.contains(kind)) {
                usable.put(kind, kind.isReal() ? share : share * growth);
            }
        });
        return usable;
    }
}
