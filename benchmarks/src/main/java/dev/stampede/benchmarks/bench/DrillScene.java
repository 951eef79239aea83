package dev.stampede.benchmarks.bench;

import java.util.List;

/** A stream, what is done to it, and the alerts that must fire then. */
interface DrillScene {
    /** The alerts that it proves. */
    List<String> alerts();

    /** Plays it; what it started has ended when it returns. */
    void play(DrillStage stage) throws InterruptedException;

    /** Every scene. */
    static List<DrillScene> all() {
        return List.of(
                new ServiceScene(),
                new OverloadScene(),
                new EngineScene(),
                new ReleaseScene(),
                new PopulationScene(),
                new CanaryScene());
    }
}
