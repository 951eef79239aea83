package dev.stampede.training.evaluate;

/**
 * What is measured of the stamps of one stratum. The wrong ones are, among sources, those missed, and among bogus stamps
 * those that pass.
 */
public enum StratumFigure {
    /** Share that is wrong where one bogus stamp in a hundred, of all kinds, passes. */
    WRONG_AT_1E2("wrong_at_1e-2"),
    /** Share that is wrong where one in a thousand passes. */
    WRONG_AT_1E3("wrong_at_1e-3"),
    /** Share that is wrong at the threshold. */
    WRONG_AT_THRESHOLD("wrong_at_threshold"),
    /** Area under the ROC curve of this stratum against all stamps of the other class. */
    ROC_AREA("roc_auc");

    private final String key;

    StratumFigure(String key) {
        this.key = key;
    }

    /** Its name in {@code metrics.json}. */
    public String key() {
        return key;
    }

    /** Where it is among its like in the answer of a {@link FigureStatistic}. */
    @SuppressWarnings("EnumOrdinal") // of one answer in memory, never stored
    int place() {
        return ordinal();
    }
}
