package dev.stampede.systemtests.drill;

import java.util.List;
import java.util.Set;

/** The faults that make {@code alerts} fire; whatever they started has ended afterwards. */
record DrillScenario(List<String> alerts, Faults faults) {
    /** Faults of one stream. */
    @FunctionalInterface
    interface Faults {
        void inject(Drill drill) throws InterruptedException;
    }

    static List<DrillScenario> all() {
        return List.of(
                new DrillScenario(ServiceFaults.ALERTS, ServiceFaults::inject),
                new DrillScenario(List.of("StampedeLatencyHigh", "StampedeLagGrowing"), ModelFaults::overload),
                new DrillScenario(List.of(EngineFaults.UNBATCHED, EngineFaults.DEGRADED), EngineFaults::inject),
                new DrillScenario(List.of(ModelFaults.RELEASE), ModelFaults::release),
                new DrillScenario(List.of(ModelFaults.DRIFT), ModelFaults::drift),
                new DrillScenario(List.of(ModelFaults.RECALL), ModelFaults::recall),
                new DrillScenario(List.of(ModelFaults.KNOWN_OBJECTS), ModelFaults::knownObjects));
    }

    /** Runs the scenarios of the selected alerts. */
    static void run(Drill drill, Set<String> selected) throws InterruptedException {
        for (DrillScenario scenario : all()) {
            if (scenario.alerts().stream().anyMatch(selected::contains)) {
                scenario.faults().inject(drill);
            }
        }
    }
}
