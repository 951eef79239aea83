package dev.stampede.benchmarks.bench;

/**
 * One way round the loop.
 *
 * @param perSecond alerts a second
 * @param labelled how many candidates get a label; as many others are never labelled, and tell the recall
 */
record LifecycleSettings(int perSecond, int labelled) {
    LifecycleSettings {
        if (perSecond < 1 || labelled < 1) {
            throw new IllegalArgumentException("a loop needs alerts and labels");
        }
    }

    /** How many alerts show every candidate once. */
    int passAlerts() {
        return 2 * labelled;
    }
}
