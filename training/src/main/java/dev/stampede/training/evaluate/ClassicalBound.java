package dev.stampede.training.evaluate;

import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.training.dataset.LabelledStamps;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What is possible against noise: a model and the matched filter that knows the width of the source and the noise, on
 * the same sources and the same noise peaks, each at the threshold that one noise peak in a hundred passes. Artefacts
 * are left out: a filter for point sources knows nothing of them.
 *
 * @param model figures of the model; those that do not depend on order alone mean nothing here
 * @param filter the same of the filter
 * @param sources how many sources were looked at
 * @param noisePeaks how many noise peaks
 */
public record ClassicalBound(Figures model, Figures filter, int sources, int noisePeaks) {
    private static final String NOISE_PEAK = CandidateKind.NOISE_PEAK.name().toLowerCase(Locale.ROOT);

    /** Below this a rate of one in a hundred is one stamp or none. */
    private static final int LEAST_NOISE_PEAKS = 100;

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
                size - sources));
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
