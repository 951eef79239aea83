package dev.stampede.training.job;

import java.time.Duration;

/**
 * The settings of a job.
 *
 * @param rule when a model replaces the live one
 * @param minLabels the minimum number of new labelled stamps of each class for a run, 1 or more
 * @param window how far back alerts are read for new labels, above 0
 * @param earlierRuns how many earlier runs add their labels to the training set, 0 or more
 */
public record JobSettings(PromotionRule rule, int minLabels, Duration window, int earlierRuns) {
    public JobSettings {
        if (minLabels < 1) {
            throw new IllegalArgumentException("the minimum number of labels must be 1 or more, not " + minLabels);
        }
        if (window.isNegative() || window.isZero()) {
            throw new IllegalArgumentException("the window must be above 0, not " + window);
        }
        if (earlierRuns < 0) {
            throw new IllegalArgumentException("the number of earlier runs must be 0 or more, not " + earlierRuns);
        }
    }
}
