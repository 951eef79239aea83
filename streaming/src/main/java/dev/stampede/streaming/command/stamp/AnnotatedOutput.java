package dev.stampede.streaming.command.stamp;

import dev.stampede.stamps.results.AnnotatedTable;
import dev.stampede.stamps.results.format.Annotation;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.offline.ClassifiedStamp;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Writes the verdicts of candidates to the rows of their table, and counts them. */
final class AnnotatedOutput {
    private final AnnotatedTable table;
    private final String model;
    private final Set<Verdict> kept;
    private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);

    /**
     * @param model its name and version
     * @param kept the verdicts whose rows are written
     */
    AnnotatedOutput(AnnotatedTable table, String model, Set<Verdict> kept) {
        this.table = table;
        this.model = model;
        this.kept = kept;
    }

    /** Writes the next row, which is that of {@code candidate}, or leaves it out. */
    void add(ClassifiedStamp candidate) {
        Prediction prediction = Objects.requireNonNull(candidate.prediction(), "a row of a table has a stamp");
        Verdict verdict = prediction.verdict();
        counts.merge(verdict, 1L, Long::sum);
        if (kept.contains(verdict)) {
            table.keep(new Annotation(
                    verdict.name(),
                    prediction instanceof Prediction.Scored scored ? scored.probability() : Float.NaN,
                    prediction.abstention().map(Enum::name).orElse(""),
                    model));
        } else {
            table.skip();
        }
    }

    /** The number of rows that are written, and of each verdict. */
    String describe() {
        StringBuilder text = new StringBuilder();
        long written = 0;
        for (Verdict verdict : Verdict.values()) {
            long count = counts.getOrDefault(verdict, 0L);
            written += kept.contains(verdict) ? count : 0;
            text.append(text.isEmpty() ? "" : ", ").append(count + " " + verdict);
        }
        return written + " of " + table.rows() + " rows (" + text + ")";
    }
}
