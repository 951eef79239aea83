package dev.stampede.systemtests.soak;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stampede.systemtests.harness.ProcessMonitor;

/**
 * The state of a stream under a steady load.
 *
 * @param seconds since the start of the load
 * @param process of the instance that is never killed
 * @param medianMillis median time from sending an alert to reading its outcome, since the last sample; NaN without any
 * @param worstOfHundredMillis 99th percentile of the same
 * @param perSecond outcomes since the last sample
 * @param underWay alerts that were sent and have no outcome yet
 */
record SoakSample(
        double seconds,
        @JsonUnwrapped ProcessMonitor.Sample process,
        double medianMillis,
        double worstOfHundredMillis,
        double perSecond,
        long underWay) {}
