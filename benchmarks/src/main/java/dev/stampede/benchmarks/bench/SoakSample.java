package dev.stampede.benchmarks.bench;

/**
 * One look at a stream under a steady load.
 *
 * @param seconds since the load began
 * @param heapMebibytes used heap of the instance that is never killed, after a full collection
 * @param residentMebibytes what that instance holds of the machine's memory; NaN where the system does not say
 * @param threads of that instance
 * @param openFiles files and sockets of that instance; NaN where the system does not say
 * @param medianMillis from the sending of an alert to the reading of its outcome, since the last look; NaN without any
 * @param worstOfHundredMillis the 99th percentile of the same
 * @param perSecond outcomes since the last look
 * @param underWay alerts that were sent and have no outcome yet
 */
record SoakSample(
        double seconds,
        double heapMebibytes,
        double residentMebibytes,
        int threads,
        double openFiles,
        double medianMillis,
        double worstOfHundredMillis,
        double perSecond,
        long underWay) {}
