package dev.stampede.training.evaluate;

import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.training.dataset.LabelledStamps;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What is possible against noise: a model and the matched filter that knows the width of the source and the noise, on
 * the same sources and the same noise peaks, each at the threshold that one noise peak in a hundred passes. Artefacts
 * are no part of it, for a filter for point sources knows nothing of them; the share that the model lets pass at the same
 * threshold stands beside.
 *
 * @param model figures of the model; those that do not depend on order alone mean nothing here
 * @param filter the same of the filter
 * @param sources how many sources were looked at
 * @param noisePeaks how many noise peaks
 * @param artefacts the other bogus stamps by kind
 */
public record ClassicalBound(Figures model, Figures filter, int sources, int noisePeaks, List<ArtefactRate> artefacts) {
    /**
     * Artefacts of one kind.
     *
     * @param kind such as {@code streak}
     * @param stamps how many, 1 or more
     * @param passed how many of them the model calls real at the threshold of the noise peaks
     */
    public record ArtefactRate(String kind, int stamps, int passed) {}

    private static final String NOISE_PEAK = CandidateKind.NOISE_PEAK.name().toLowerCase(Locale.ROOT);

    /** The share of the noise peaks that passes, as in {@link Figure#MISSED_AT_1E2}. */
    private static final double PASSING_NOISE_PEAKS = 1e-2;

    /** Below this a rate of one in a hundred is one stamp or none. */
    private static final int LEAST_NOISE_PEAKS = 100;

    public ClassicalBound {
        artefacts = List.copyOf(artefacts);
    }

    /** The bound, where the stamps' truth tells the width of sources and which stamps are noise peaks; else empty. */
    static Optional<ClassicalBound> of(JudgedStamps judged, long seed) {
        LabelledStamps stamps = judged.source();
        JudgedStamps compared = judged.only(i -> isSource(stamps, judged.stampIndex(i))
                || stamps.kind(judged.stampIndex(i)).equals(NOISE_PEAK));
        int size = compared.predictions().size();
        int sources = (int)
                IntStream.range(0, size).filter(compared.predictions()::isReal).count();
        if (sources == 0 || size - sources < LEAST_NOISE_PEAKS) {
            return Optional.empty();
        }
        return Optional.of(new ClassicalBound(
                compared.figures(0, seed),
                compared.scored(responses(compared, seed)).figures(0, seed),
                sources,
                size - sources,
                artefacts(judged, RocCurve.of(compared.predictions()).threshold(PASSING_NOISE_PEAKS))));
    }

    private static List<ArtefactRate> artefacts(JudgedStamps judged, double logOdds) {
        Map<String, ArtefactRate> rates = new TreeMap<>();
        for (int i = 0; i < judged.predictions().size(); i++) {
            String kind = judged.source().kind(judged.stampIndex(i));
            if (!judged.predictions().isReal(i) && !kind.equals(NOISE_PEAK)) {
                int passed = judged.predictions().logOdds(i) >= logOdds ? 1 : 0;
                rates.merge(
                        kind,
                        new ArtefactRate(Stratum.ofBogus(kind).name(), 1, passed),
                        (one, other) -> new ArtefactRate(
                                one.kind(), one.stamps() + other.stamps(), one.passed() + other.passed()));
            }
        }
        return List.copyOf(rates.values());
    }

    private static boolean isSource(LabelledStamps stamps, int index) {
        return stamps.isReal(index) && stamps.fwhmPixels(index) > 0;
    }

    /**
     * A noise peak is filtered with the width of a source drawn by chance: the sky knows nothing of the candidate, so a
     * source on the exposures of a noise peak would have had such a width. Its own width is that of a bump in the noise.
     */
    private static double[] responses(JudgedStamps compared, long seed) {
        LabelledStamps stamps = compared.source();
        int size = compared.predictions().size();
        double[] widths = IntStream.range(0, size)
                .filter(compared.predictions()::isReal)
                .mapToDouble(i -> stamps.fwhmPixels(compared.stampIndex(i)))
                .toArray();
        SplittableRandom random = new SplittableRandom(seed);
        double[] fwhmPixels = new double[size];
        Arrays.setAll(
                fwhmPixels,
                i -> compared.predictions().isReal(i)
                        ? stamps.fwhmPixels(compared.stampIndex(i))
                        : widths[random.nextInt(widths.length)]);
        ThreadLocal<PointSourceFilter> filters = ThreadLocal.withInitial(
                () -> new PointSourceFilter(stamps.shape().size()));
        return IntStream.range(0, size)
                .parallel()
                .mapToDouble(i -> filters.get().response(stamps.stamp(compared.stampIndex(i)), fwhmPixels[i]))
                .toArray();
    }
}
