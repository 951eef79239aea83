package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.Plane;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a simulation.
 *
 * @param planes the planes of every stamp, in order; one or more, each once; coadds of many exposures, or cutouts of one
 * @param size rows and columns of every stamp, pixels; odd, {@value #MIN_SIZE} to {@value #MAX_SIZE}
 * @param shares the share of each kind, 0 to 1, adding up to 1; a kind that is absent does not occur
 * @param signalToNoiseLow the faintest point source, above 0; S/N is uniform in its logarithm
 * @param signalToNoiseHigh the brightest point source, {@code signalToNoiseLow} or more
 */
public record SimulationSettings(
        List<Plane> planes,
        int size,
        Map<CandidateKind, Double> shares,
        double signalToNoiseLow,
        double signalToNoiseHigh) {
    /** The size of the stamps of {@link #standard}. */
    public static final int STANDARD_SIZE = StackShape.REFERENCE_SIZE;

    /** Anything smaller has no room for a source and a background. */
    private static final int MIN_SIZE = 11;

    /** A stack of 30 exposures of that size needs 18 MB for each thread. */
    private static final int MAX_SIZE = 255;

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
        planes = List.copyOf(planes);
        Plane.requireDistinct(planes);
        if (planes.stream().map(Plane::isCoadd).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "a simulated stamp consists of coadds (median, mean, sum, weighted) or of"
                            + " cutouts (science, template, difference), not of both: " + Plane.names(planes));
        }
        if (size < MIN_SIZE || size > MAX_SIZE || size % 2 == 0) {
            throw new IllegalArgumentException(
                    "the size must be odd and " + MIN_SIZE + " to " + MAX_SIZE + " pixels, not " + size);
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

    /** Median coadds of 21x21 pixels, half of the candidates real, S/N 3 to 100. */
    public static SimulationSettings standard() {
        return new SimulationSettings(List.of(Plane.MEDIAN), STANDARD_SIZE, sharesFor(0.5), 3, 100);
    }

    /** The same with that share of point sources, 0 to 1; the others keep their proportions. */
    public SimulationSettings withRealShare(double realShare) {
        return new SimulationSettings(planes, size, sharesFor(realShare), signalToNoiseLow, signalToNoiseHigh);
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
        return new SimulationSettings(planes, size, newShares, signalToNoiseLow, signalToNoiseHigh);
    }

    /** The same with those planes. */
    public SimulationSettings withPlanes(List<Plane> newPlanes) {
        return new SimulationSettings(newPlanes, size, shares, signalToNoiseLow, signalToNoiseHigh);
    }

    /** The same with stamps of that many rows and columns. */
    public SimulationSettings withSize(int newSize) {
        return new SimulationSettings(planes, newSize, shares, signalToNoiseLow, signalToNoiseHigh);
    }

    /** The same with point sources of that range of S/N. */
    public SimulationSettings withSignalToNoise(double low, double high) {
        return new SimulationSettings(planes, size, shares, low, high);
    }

    /** The same with one kind only. */
    public SimulationSettings only(CandidateKind kind) {
        return new SimulationSettings(planes, size, Map.of(kind, 1.0), signalToNoiseLow, signalToNoiseHigh);
    }

    /** Whether stamps show one exposure and its template instead of coadds. */
    boolean showsCutouts() {
        return planes.get(0).isCutout();
    }

    /** The share of that kind, 0 to 1. */
    public double share(CandidateKind kind) {
        return shares.getOrDefault(kind, 0.0);
    }

    /** The kind at {@code position}, 0 to 1, of the cumulative shares. */
    public CandidateKind kindAt(double position) {
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
