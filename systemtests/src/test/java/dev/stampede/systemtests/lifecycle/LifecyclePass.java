package dev.stampede.systemtests.lifecycle;

/**
 * The verdicts of one pass through the pool, without the candidates that were labelled.
 *
 * @param name the stage of the loop
 * @param modelSha256 the model that should have scored the alerts
 * @param from number of the first alert
 * @param to one beyond the last
 * @param sources point sources of S/N 8 or more
 * @param recall the share of them called real
 * @param falsePositiveRate the share of the bogus candidates called real
 * @param byAnother alerts that another model scored, or none
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
