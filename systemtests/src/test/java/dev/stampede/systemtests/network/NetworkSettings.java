package dev.stampede.systemtests.network;

import java.util.List;

/**
 * One run of the network test.
 *
 * @param protocol classic or streams
 * @param perSecond alerts per second, all the time
 * @param faultSeconds how long each fault lasts
 * @param faults in order
 */
record NetworkSettings(String protocol, int perSecond, int faultSeconds, List<NetworkFault> faults) {
    NetworkSettings {
        if (perSecond < 1 || faultSeconds < 1 || faults.isEmpty()) {
            throw new IllegalArgumentException("perSecond and faultSeconds must be 1 or more, and a fault named");
        }
        faults = List.copyOf(faults);
    }
}
