package dev.stampede.training.evaluate;

import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.training.calibrate.RocCurve;
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
 * A model compared with the matched filter that knows the width of the source and the noise, on the same sources and noise
 * peaks, each at a false-positive rate of 1 % of the noise peaks. Artefacts are excluded, because a filter for point
 * sources cannot recognise them; the model's false-positive rate for them at the same threshold is given separately.
 *
 * @param model metrics of the model; only those that depend on the order of the scores alone are meaningful
 * @param filter the same for the filter
 * @param sources number of sources
 * @param noisePeaks number of noise peaks
 * @param artefacts the other bogus stamps by kind
 */
public record MatchedFilterComparison(
        MetricSet model, MetricSet filter, int sources, int noisePeaks, List<ArtefactRate> artefacts) {
    /**
     * Artefacts of one kind.
     *
     * @param kind such as {@code streak}
     * @param stamps their number, 1 or more
     * @param passed the number that the model calls real at the threshold of the noise peaks
     */
    public record ArtefactRate(String kind, int stamps, int passed) {}

    private static final String NOISE_PEAK = CandidateKind.NOISE_PEAK.name().toLowerCase(Locale.ROOT);

    /** As in {@link Metric#MISSED_AT_1E2}. */
    private static final double FALSE_POSITIVE_RATE = 1e-2;

    /** With fewer noise peaks, 1 % of them is less than one stamp. */
    private static final int MIN_NOISE_PEAKS = 100;

    public MatchedFilterComparison {
        artefacts = List.copyOf(artefacts);
    }

    /** The comparison; empty if the widths of the sources or the noise peaks are unknown. */
    static Optional<MatchedFilterComparison> of(ScoredStamps scored, long seed) {
        LabelledStamps stamps = scored.source();
        ScoredStamps compared = scored.only(i -> isSource(stamps, scored.stampIndex(i))
                || stamps.kind(scored.stampIndex(i)).equals(NOISE_PEAK));
        int size = compared.predictions().size();
        int sources = (int)
                IntStream.range(0, size).filter(compared.predictions()::isReal).count();
        if (sources == 0 || size - sources < MIN_NOISE_PEAKS) {
            return Optional.empty();
        }
        return Optional.of(new MatchedFilterComparison(
                compared.metrics(0, seed),
                compared.scored(responses(compared, seed)).metrics(0, seed),
                sources,
                size - sources,
                artefacts(scored, RocCurve.of(compared.predictions()).threshold(FALSE_POSITIVE_RATE))));
    }

    private static List<ArtefactRate> artefacts(ScoredStamps scored, double logOdds) {
        Map<String, ArtefactRate> rates = new TreeMap<>();
        for (int i = 0; i < scored.predictions().size(); i++) {
            String kind = scored.source().kind(scored.stampIndex(i));
            if (!scored.predictions().isReal(i) && !kind.equals(NOISE_PEAK)) {
                int passed = scored.predictions().logOdds(i) >= logOdds ? 1 : 0;
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
     * A noise peak is filtered with the width of a randomly drawn source, which is the width that a source on the same
     * exposures would have had. The width of the noise peak itself is meaningless.
     */
    private static double[] responses(ScoredStamps compared, long seed) {
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
        ThreadLocal<MatchedFilterBaseline> filters = ThreadLocal.withInitial(
                () -> new MatchedFilterBaseline(stamps.shape().size(), compared.sourcePlane()));
        return IntStream.range(0, size)
                .parallel()
                .mapToDouble(i -> filters.get().response(stamps.stamp(compared.stampIndex(i)), fwhmPixels[i]))
                .toArray();
    }
}
