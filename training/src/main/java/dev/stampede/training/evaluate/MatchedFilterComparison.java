package dev.stampede.training.evaluate;

import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.training.calibrate.RocCurve;
import dev.stampede.training.dataset.LabelledStamps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntPredicate;
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

    /** The comparison; empty if the stamps {@linkplain #obstacle lack} something for it. */
    static Optional<MatchedFilterComparison> of(ScoredStamps scored, long seed) {
        if (obstacle(scored).isPresent()) {
            return Optional.empty();
        }
        LabelledStamps stamps = scored.source();
        ScoredStamps compared =
                scored.only(i -> isSource(stamps, scored.stampIndex(i)) || isNoisePeak(stamps, scored.stampIndex(i)));
        int size = compared.predictions().size();
        int sources = count(compared, index -> isSource(stamps, index));
        return Optional.of(new MatchedFilterComparison(
                compared.metrics(0, seed),
                compared.scored(responses(compared, seed)).metrics(0, seed),
                sources,
                size - sources,
                artefacts(scored, RocCurve.of(compared.predictions()).threshold(FALSE_POSITIVE_RATE))));
    }

    /** What the scored stamps lack for a comparison, such as {@code 61 noise peaks, 100 needed}; empty if nothing. */
    static Optional<String> obstacle(ScoredStamps scored) {
        LabelledStamps stamps = scored.source();
        List<String> columns = new ArrayList<>();
        if (count(scored, index -> !stamps.kind(index).isEmpty()) == 0) {
            columns.add("kinds");
        }
        if (count(scored, index -> isSource(stamps, index)) == 0) {
            columns.add("widths of the sources");
        }
        if (!columns.isEmpty()) {
            return Optional.of("truth.csv lacks the " + String.join(" and ", columns));
        }
        int noisePeaks = count(scored, index -> isNoisePeak(stamps, index));
        return noisePeaks < MIN_NOISE_PEAKS
                ? Optional.of(noisePeaks + " noise peaks, " + MIN_NOISE_PEAKS + " needed")
                : Optional.empty();
    }

    private static int count(ScoredStamps scored, IntPredicate ofIndex) {
        return (int) IntStream.range(0, scored.predictions().size())
                .map(scored::stampIndex)
                .filter(ofIndex)
                .count();
    }

    private static List<ArtefactRate> artefacts(ScoredStamps scored, double logOdds) {
        Map<String, ArtefactRate> rates = new TreeMap<>();
        for (int i = 0; i < scored.predictions().size(); i++) {
            String kind = scored.source().kind(scored.stampIndex(i));
            if (!scored.predictions().isReal(i) && !isNoisePeak(scored.source(), scored.stampIndex(i))) {
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

    private static boolean isNoisePeak(LabelledStamps stamps, int index) {
        return stamps.kind(index).equals(NOISE_PEAK);
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
