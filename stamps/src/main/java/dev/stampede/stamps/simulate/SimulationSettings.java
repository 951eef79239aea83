package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.Plane;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a simulation.
 *
 * @param coadds the planes of every stamp, in order; one or more, each once
 * @param shares the share of each kind, 0 to 1, adding up to 1; a kind that is absent does not occur
 * @param signalToNoiseLow the faintest point source, above 0; S/N is uniform in its logarithm
 * @param signalToNoiseHigh the brightest point source, {@code signalToNoiseLow} or more
 */
public record SimulationSettings(
        List<Plane> coadds, Map<CandidateKind, Double> shares, double signalToNoiseLow, double signalToNoiseHigh) {

    /** The shares of the bogus kinds; most are noise peaks and 13 % are blank or masked, as in real searches. */
    private static final Map<CandidateKind, Double> BOGUS_SHARES = Map.of(
            CandidateKind.NOISE_PEAK, 0.60,
            CandidateKind.STAR_RESIDUE, 0.10,
            CandidateKind.STREAK, 0.08,
            CandidateKind.COSMIC_RAY, 0.05,
            CandidateKind.DETECTOR_DEFECT, 0.04,
            CandidateKind.MASKED, 0.08,
            CandidateKind.BLANK, 0.05);

    public SimulationSettings {
        coadds = List.copyOf(coadds);
        Plane.requireDistinct(coadds);
        if (!coadds.stream().allMatch(Plane::isCoadd)) {
            throw new IllegalArgumentException(
                    "the simulator makes coadds (median, mean, sum, weighted), not " + Plane.names(coadds));
        }
        // An EnumMap, as its order is the same in every run, unlike that of Map.copyOf.
        EnumMap<CandidateKind, Double> ordered = new EnumMap<>(CandidateKind.class);
        ordered.putAll(shares);
        double total = 0;
        for (Map.Entry<CandidateKind, Double> share : ordered.entrySet()) {
            if (!(share.getValue() >= 0 && share.getValue() <= 1)) {
                throw new IllegalArgumentException("share outside [0, 1]: " + share);
            }
            total += share.getValue();
        }
        if (Math.abs(total - 1) > 1e-9) {
            throw new IllegalArgumentException("the shares add up to " + total + ", not 1: " + ordered);
        }
        shares = Collections.unmodifiableMap(ordered);
        if (!(signalToNoiseLow > 0 && signalToNoiseHigh >= signalToNoiseLow && signalToNoiseHigh < 1e6)) {
            throw new IllegalArgumentException(
                    "the S/N must lie in (0, 1e6), low to high, not " + signalToNoiseLow + " to " + signalToNoiseHigh);
        }
    }

    /** Median coadds, half of the candidates real, S/N 3 to 100. */
    public static SimulationSettings standard() {
        return new SimulationSettings(List.of(Plane.MEDIAN), sharesFor(0.5), 3, 100);
    }

    /** The same with that share of point sources, 0 to 1; the others keep their proportions. */
    public SimulationSettings withRealShare(double realShare) {
        return new SimulationSettings(coadds, sharesFor(realShare), signalToNoiseLow, signalToNoiseHigh);
    }

    /**
     * The same share of point sources, and other shares of the kinds of bogus.
     *
     * @param weights of each kind of bogus, 0 or more, on any scale; a kind that is absent does not occur
     */
    public SimulationSettings withBogusWeights(Map<CandidateKind, Double> weights) {
        double total = 0;
        for (Map.Entry<CandidateKind, Double> weight : weights.entrySet()) {
            if (weight.getKey().isReal() || !(weight.getValue() >= 0)) {
                throw new IllegalArgumentException(
                        "a weight must be 0 or more and of a kind that is not real, not " + weight);
            }
            total += weight.getValue();
        }
        if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the weights of the bogus add up to " + total + ": " + weights);
        }
        double realShare = share(CandidateKind.POINT_SOURCE);
        EnumMap<CandidateKind, Double> newShares = new EnumMap<>(CandidateKind.class);
        double scale = (1 - realShare) / total;
        weights.forEach((kind, weight) -> newShares.put(kind, weight * scale));
        newShares.put(CandidateKind.POINT_SOURCE, realShare);
        return new SimulationSettings(coadds, newShares, signalToNoiseLow, signalToNoiseHigh);
    }

    /** The same with those planes. */
    public SimulationSettings withCoadds(List<Plane> newCoadds) {
        return new SimulationSettings(newCoadds, shares, signalToNoiseLow, signalToNoiseHigh);
    }

    /** The same with point sources of that range of S/N. */
    public SimulationSettings withSignalToNoise(double low, double high) {
        return new SimulationSettings(coadds, shares, low, high);
    }

    /** The same with one kind only. */
    public SimulationSettings only(CandidateKind kind) {
        return new SimulationSettings(coadds, Map.of(kind, 1.0), signalToNoiseLow, signalToNoiseHigh);
    }

    /** The share of that kind, 0 to 1. */
    public double share(CandidateKind kind) {
        return shares.getOrDefault(kind, 0.0);
    }

    /** The kind at {@code position}, 0 to 1, of the cumulative shares. */
    CandidateKind kindAt(double position) {
        double reached = 0;
        CandidateKind last = CandidateKind.POINT_SOURCE;
        for (Map.Entry<CandidateKind, Double> share : shares.entrySet()) {
            if (share.getValue() > 0) {
                last = share.getKey();
                reached += share.getValue();
                if (position < reached) {
                    return last;
                }
            }
        }
        return last; // the shares add up to 1 except for rounding
    }

    private static Map<CandidateKind, Double> sharesFor(double realShare) {
        EnumMap<CandidateKind, Double> shares = new EnumMap<>(CandidateKind.class);
        BOGUS_SHARES.forEach((kind, share) -> shares.put(kind, share * (1 - realShare)));
        shares.put(CandidateKind.POINT_SOURCE, realShare);
        return shares;
    }
}
