package dev.stampede.training.evaluate;

import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.calibrate.RocCurve;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A model compared with the score of a survey on the same candidates. The survey's score is no truth: where both disagree,
 * either may be wrong.
 */
public final class SurveyComparison {
    /** Lower bounds of the S/N ranges of {@link #groups}; the last has no upper bound. */
    private static final List<Double> SIGNAL_TO_NOISE = List.of(0.0, 5.0, 7.0, 10.0, 20.0, 50.0);

    private final List<SurveyCandidate> candidates;
    private final List<SurveyCandidate> compared;
    private final List<Double> cuts;
    private final List<Group> groups;

    private SurveyComparison(List<SurveyCandidate> candidates, List<Double> cuts) {
        this.candidates = candidates;
        this.compared = candidates.stream().filter(SurveyCandidate::isCompared).toList();
        this.cuts = cuts;
        this.groups = divided();
    }

    /**
     * Compares the scores of {@code candidates}.
     *
     * @param cuts survey scores that part real from bogus, ascending; one or more
     */
    public static SurveyComparison of(List<SurveyCandidate> candidates, List<Double> cuts) {
        return new SurveyComparison(List.copyOf(candidates), List.copyOf(cuts));
    }

    /**
     * The agreement on some candidates.
     *
     * @param name which, such as {@code band r}
     * @param count the number of candidates with both scores
     * @param rankCorrelation Spearman's correlation of the survey's score and the probability; NaN if undefined
     * @param areas for each cut the area under the ROC curve of the probability, where candidates from the cut up are real;
     *     NaN if all candidates are on one side
     */
    public record Group(String name, int count, double rankCorrelation, List<Double> areas) {}

    /**
     * The verdicts on the sides of a cut.
     *
     * @param above candidates with a survey score from the cut up
     * @param aboveReal those of them that the model calls REAL
     * @param below candidates below the cut
     * @param belowReal those of them that the model calls REAL
     */
    public record Cut(double score, int above, int aboveReal, int below, int belowReal) {}

    /** All candidates, also those without a score. */
    public int candidates() {
        return candidates.size();
    }

    /** The candidates with both scores. */
    public List<SurveyCandidate> compared() {
        return compared;
    }

    private long count(SurveyCandidate.Verdict verdict) {
        return candidates.stream()
                .filter(candidate -> candidate.verdict() == verdict)
                .count();
    }

    /** The number of candidates that the model abstains on. */
    public long abstentions() {
        return count(SurveyCandidate.Verdict.ABSTAIN);
    }

    /** The number of candidates that cannot be read. */
    public long unreadable() {
        return count(SurveyCandidate.Verdict.UNREADABLE);
    }

    /** The number of candidates without a score of the survey. */
    public long withoutScore() {
        return candidates.stream()
                .filter(candidate -> Double.isNaN(candidate.surveyScore()))
                .count();
    }

    /** The verdicts by cut. */
    public List<Cut> cuts() {
        return cuts.stream().map(this::cut).toList();
    }

    private Cut cut(double cut) {
        return new Cut(
                cut,
                count(candidate -> candidate.surveyScore() >= cut),
                count(candidate -> candidate.surveyScore() >= cut && candidate.isCalledReal()),
                count(candidate -> candidate.surveyScore() < cut),
                count(candidate -> candidate.surveyScore() < cut && candidate.isCalledReal()));
    }

    private int count(Predicate<SurveyCandidate> condition) {
        return (int) compared.stream().filter(condition).count();
    }

    /** All candidates, then those of each band, S/N range, magnitude and sign of the flux, as far as there are several. */
    public List<Group> groups() {
        return groups;
    }

    private List<Group> divided() {
        List<Group> found = new ArrayList<>();
        found.add(group("all", candidate -> true));
        List<Group> bands = compared.stream()
                .map(SurveyCandidate::band)
                .distinct()
                .sorted()
                .map(band -> group(
                        band.isEmpty() ? "band unknown" : "band " + band,
                        candidate -> candidate.band().equals(band)))
                .toList();
        addSeveral(found, bands);
        List<Group> ranges = new ArrayList<>();
        for (int i = 0; i < SIGNAL_TO_NOISE.size(); i++) {
            ranges.add(range(i));
        }
        ranges.add(group("S/N unknown or below 0", candidate -> !(candidate.signalToNoise() >= 0)));
        addSeveral(found, ranges);
        addSeveral(found, magnitudes());
        addSeveral(
                found,
                List.of(
                        sign("source became brighter", Optional.of(false)),
                        sign("source became fainter", Optional.of(true)),
                        sign("sign unknown", Optional.empty())));
        return List.copyOf(found);
    }

    private Group range(int index) {
        double from = SIGNAL_TO_NOISE.get(index);
        boolean isLast = index + 1 == SIGNAL_TO_NOISE.size();
        double to = isLast ? Double.POSITIVE_INFINITY : SIGNAL_TO_NOISE.get(index + 1);
        String name = isLast
                ? String.format(Locale.ROOT, "S/N from %.0f", from)
                : String.format(Locale.ROOT, "S/N %.0f to %.0f", from, to);
        return group(name, candidate -> candidate.signalToNoise() >= from && candidate.signalToNoise() < to);
    }

    /** The groups of whole magnitudes, from the brightest. */
    private List<Group> magnitudes() {
        List<Group> groups = new ArrayList<>(compared.stream()
                .map(candidate -> Math.floor(candidate.magnitude()))
                .filter(floor -> !floor.isNaN())
                .distinct()
                .sorted()
                .map(floor -> group(
                        String.format(Locale.ROOT, "magnitude %.0f to %.0f", floor, floor + 1),
                        candidate -> Math.floor(candidate.magnitude()) == floor))
                .toList());
        groups.add(group("magnitude unknown", candidate -> Double.isNaN(candidate.magnitude())));
        return groups;
    }

    private Group sign(String name, Optional<Boolean> isNegative) {
        return group(name, candidate -> candidate.isNegative().equals(isNegative));
    }

    private static void addSeveral(List<Group> groups, List<Group> found) {
        List<Group> filled = found.stream().filter(group -> group.count() > 0).toList();
        if (filled.size() > 1) {
            groups.addAll(filled);
        }
    }

    private Group group(String name, Predicate<SurveyCandidate> members) {
        List<SurveyCandidate> group = compared.stream().filter(members).toList();
        double correlation = RankCorrelation.of(
                group.stream().map(SurveyCandidate::surveyScore).toList(),
                group.stream().map(SurveyCandidate::probability).toList());
        return new Group(
                name,
                group.size(),
                correlation,
                cuts.stream().map(cut -> area(group, cut)).toList());
    }

    private static double area(List<SurveyCandidate> group, double cut) {
        double[] logOdds = new double[group.size()];
        boolean[] real = new boolean[group.size()];
        int above = 0;
        for (int i = 0; i < logOdds.length; i++) {
            logOdds[i] = ScoredStamps.logOdds((float) group.get(i).probability());
            real[i] = group.get(i).surveyScore() >= cut;
            above += real[i] ? 1 : 0;
        }
        return above == 0 || above == real.length
                ? Double.NaN
                : RocCurve.of(Predictions.of(logOdds, real)).area();
    }

    /**
     * The candidates that are BOGUS with a score from the highest cut up, or REAL with one below the lowest cut; first those
     * whose ranks by the two scores, which may have different scales, differ most.
     */
    public List<SurveyCandidate> disagreements() {
        double low = cuts.get(0);
        double high = cuts.get(cuts.size() - 1);
        double[] bySurvey = RankCorrelation.ranks(
                compared.stream().map(SurveyCandidate::surveyScore).toList());
        double[] byModel = RankCorrelation.ranks(
                compared.stream().map(SurveyCandidate::probability).toList());
        return IntStream.range(0, compared.size())
                .filter(i -> compared.get(i).isCalledReal()
                        ? compared.get(i).surveyScore() < low
                        : compared.get(i).surveyScore() >= high)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(bySurvey[i] - byModel[i])))
                .map(compared::get)
                .toList();
    }
}
