package dev.stampede.training.evaluate;

/** What is measured of a whole set of judged stamps. */
public enum Figure {
    /** Share of the stamps whose more probable class is the true one. */
    ACCURACY("accuracy"),
    /** Area under the ROC curve: the chance that a real stamp scores above a bogus one. */
    ROC_AREA("roc_auc"),
    /** Mean of the precision over the sources, each at its own score: area under the precision-recall curve. */
    AVERAGE_PRECISION("average_precision"),
    /** Share of the sources missed where one bogus stamp in a hundred passes. */
    MISSED_AT_1E2("missed_source_rate_at_1e-2"),
    /** Share of the sources missed where one bogus stamp in a thousand passes. */
    MISSED_AT_1E3("missed_source_rate_at_1e-3"),
    /** Share of the sources below the threshold. */
    MISSED_AT_THRESHOLD("missed_source_rate_at_threshold"),
    /** Share of the bogus stamps that reach the threshold. */
    FALSE_AT_THRESHOLD("false_positive_rate_at_threshold"),
    /** How far probabilities and frequencies differ, see {@link Reliability}. */
    CALIBRATION_ERROR("expected_calibration_error");

    private final String key;

    Figure(String key) {
        this.key = key;
    }

    /** Its name in {@code metrics.json} and in model files. */
    public String key() {
        return key;
    }

    /** Where it is among its like in the answer of a {@link FigureStatistic}. */
    @SuppressWarnings("EnumOrdinal") // of one answer in memory, never stored
    int place() {
        return ordinal();
    }
}
