package dev.stampede.training.evaluate;

/**
 * A metric of the stamps of one stratum. Wrong are the missed sources or the bogus stamps that pass, respectively.
 */
public enum StratumMetric {
    /** Share that is wrong at a false-positive rate of 1 % over all kinds of bogus stamps. */
    WRONG_AT_1E2("wrong_at_1e-2"),
    /** Share that is wrong at a false-positive rate of 0.1 %. */
    WRONG_AT_1E3("wrong_at_1e-3"),
    /** Share that is wrong at the threshold. */
    WRONG_AT_THRESHOLD("wrong_at_threshold"),
    /** Area under the ROC curve of this stratum against all stamps of the other class. */
    ROC_AREA("roc_auc");

    private final String key;

    StratumMetric(String key) {
        this.key = key;
    }

    /** Its name in {@code metrics.json}. */
    public String key() {
        return key;
    }

    /** Its index within the stratum in the result of a {@link MetricStatistic}. */
    @SuppressWarnings("EnumOrdinal") // an index in memory, never stored
    int index() {
        return ordinal();
    }
}
