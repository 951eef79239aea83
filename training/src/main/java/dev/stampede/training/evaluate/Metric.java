package dev.stampede.training.evaluate;

/** A metric of a set of scored stamps. */
public enum Metric {
    /** Share of the stamps whose most probable class is the true one. */
    ACCURACY("accuracy"),
    /** Area under the ROC curve: the probability that a real stamp scores above a bogus one. */
    ROC_AREA("roc_auc"),
    /** Average precision: the area under the precision-recall curve. */
    AVERAGE_PRECISION("average_precision"),
    /** Share of the sources missed at a false-positive rate of 1 %. */
    MISSED_AT_1E2("missed_source_rate_at_1e-2"),
    /** Share of the sources missed at a false-positive rate of 0.1 %. */
    MISSED_AT_1E3("missed_source_rate_at_1e-3"),
    /** Share of the sources below the threshold. */
    MISSED_AT_THRESHOLD("missed_source_rate_at_threshold"),
    /** Share of the bogus stamps that reach the threshold. */
    FALSE_AT_THRESHOLD("false_positive_rate_at_threshold"),
    /** Expected calibration error, see {@link ReliabilityCurve}. */
    CALIBRATION_ERROR("expected_calibration_error");

    private final String key;

    Metric(String key) {
        this.key = key;
    }

    /** Its name in {@code metrics.json} and in model files. */
    public String key() {
        return key;
    }

    /** Its index in the result of a {@link MetricStatistic}. */
    @SuppressWarnings("EnumOrdinal") // an index in memory, never stored
    int index() {
        return ordinal();
    }
}
