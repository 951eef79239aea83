package dev.stampede.stamps.simulate.stack;

import java.util.Locale;

/** What a trajectory that a search selected shows. */
public enum TruthClass {
    /** A mover along its trajectory. */
    REAL,
    /** A mover, but along a wrong trajectory, which meets it in some of the exposures. */
    PARTIAL,
    /** Noise or an artefact. */
    FALSE;

    /** The name in tables, such as {@code partial}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
