package dev.stampede.benchmarks.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of one way round the loop.
 *
 * @param conservation what became of the alerts
 * @param weak the pass that the first model judged
 * @param promoted the pass after the new model was promoted
 * @param rolledBack the pass after the rollback
 * @param shadowVerdicts alerts that the new model judged as a shadow
 * @param shadowWrong verdicts of the shadow that it does not give without a stream, or gave twice
 */
record LifecycleResult(
        CrashResult conservation,
        LifecyclePass weak,
        LifecyclePass promoted,
        LifecyclePass rolledBack,
        long shadowVerdicts,
        long shadowWrong) {
    /** Whether the loop closes: the recall rises with the new model and falls with the old, and nothing is lost on the way. */
    boolean closes() {
        return conservation.isKept()
                && passes().stream().allMatch(pass -> pass.byAnother() == 0)
                && promoted.recall() > weak.recall()
                && rolledBack.recall() < promoted.recall()
                && shadowVerdicts > 0
                && shadowWrong == 0;
    }

    private List<LifecyclePass> passes() {
        return List.of(weak, promoted, rolledBack);
    }

    /** The figures by the names they have in the JSON. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(conservation.figures());
        figures.put("passes", passes());
        figures.put("shadowVerdicts", shadowVerdicts);
        figures.put("shadowWrong", shadowWrong);
        figures.put("closes", closes());
        return figures;
    }
}
