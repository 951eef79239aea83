package dev.stampede.benchmarks.bench;

/**
 * How the alerts of one pass through the pool fared, those aside that models were trained on.
 *
 * @param name what the stream had gone through before
 * @param modelSha256 the model that should have judged them
 * @param from the number of the first alert
 * @param to one beyond the last
 * @param sources point sources of S/N 8 or more
 * @param recall the share of them called real
 * @param falsePositiveRate the share of the others called real
 * @param byAnother alerts that another model judged, or none
 */
record LifecyclePass(
        String name,
        String modelSha256,
        long from,
        long to,
        int sources,
        double recall,
        double falsePositiveRate,
        int byAnother) {}
