package dev.stampede.benchmarks.bench;

/**
 * How fast a learner took some batches.
 *
 * @param rate of stamps
 * @param loss mean over the steps, with dropout, nats
 */
record FitPace(Rate rate, double loss) {
    /** Lets {@code learner} take {@code batches}, at least one, each of them indices of examples. */
    static FitPace of(Learner learner, int[][] batches) {
        Rate.Moment start = Rate.Moment.now();
        double loss = 0;
        long stamps = 0;
        for (int[] batch : batches) {
            loss += learner.step(batch);
            stamps += batch.length;
        }
        return new FitPace(Rate.of(stamps, start, Rate.Moment.now()), loss / batches.length);
    }
}
