package dev.stampede.streaming.demo;

import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.CoaddKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

/** The simulator's candidates as the demo wants them: more real than in nature, where fewer than one in ten is. */
public final class SimulatedCandidates {
    private static final double REAL_SHARE = 0.3;

    /** The demo makes its own unusable stamps, so that their share is known. */
    private static final Set<CandidateKind> UNUSABLE = Set.of(CandidateKind.MASKED, CandidateKind.BLANK);

    private SimulatedCandidates() {}

    /** The candidate of each index from 0 on, with the coadds {@code channels}. */
    public static LongFunction<Candidate> of(List<CoaddKind> channels, long seed) {
        SimulationSettings standard = SimulationSettings.standard().withRealShare(REAL_SHARE);
        SimulationSettings settings = new SimulationSettings(
                channels, judgeable(standard.shares()), standard.signalToNoiseLow(), standard.signalToNoiseHigh());
        Simulator simulator = Simulator.of(settings, seed);
        return index -> {
            SimulatedCandidate simulated = simulator.candidate(index);
            return new Candidate(
                    simulated.stamp(),
                    simulated.truth().isReal(),
                    simulated.truth().signalToNoise());
        };
    }

    /** The shares without the unusable kinds; the other artefacts grow alike to fill their place. */
    private static Map<CandidateKind, Double> judgeable(Map<CandidateKind, Double> shares) {
        double unusable = UNUSABLE.stream()
                .mapToDouble(kind -> shares.getOrDefault(kind, 0.0))
                .sum();
        double growth = (1 - REAL_SHARE) / (1 - REAL_SHARE - unusable);
        EnumMap<CandidateKind, Double> judgeable = new EnumMap<>(CandidateKind.class);
        shares.forEach((kind, share) -> {
            if (!UNUSABLE.contains(kind)) {
                judgeable.put(kind, kind.isReal() ? share : share * growth);
            }
        });
        return judgeable;
    }
}
