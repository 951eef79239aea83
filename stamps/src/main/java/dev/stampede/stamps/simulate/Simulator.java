package dev.stampede.stamps.simulate;

/**
 * Makes the candidates of a shift-and-stack search: draws a stack of exposures, puts an object or an artefact into it,
 * and coadds it as a search does; or draws a single exposure and the template that was subtracted from it. Every candidate depends only on the seed and its index, with the same bytes on
 * every Java version. Thread-safe.
 *
 * <p>Of every twenty candidates, fifteen are found once, two are one object found twice and three one found three times.
 */
public final class Simulator {
    private static final int BLOCK = 20;
    private static final int SINGLES = 15;
    private static final int PAIR_END = 17;
    private static final int GROUPS = 17;

    private final ThreadLocal<StackBuffers> workbenches;

    private Simulator(SimulationSettings settings, long seed) {
        workbenches = ThreadLocal.withInitial(() -> new StackBuffers(settings, seed));
    }

    public static Simulator of(SimulationSettings settings, long seed) {
        return new Simulator(settings, seed);
    }

    /** The candidate of that index, 0 or more. */
    public SimulatedCandidate candidate(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("a candidate's index is 0 or more, not " + index);
        }
        int slot = (int) (index % BLOCK);
        int inBlock = slot < SINGLES ? slot : slot < PAIR_END ? SINGLES : SINGLES + 1;
        int member = slot < SINGLES ? 0 : slot < PAIR_END ? slot - SINGLES : slot - PAIR_END;
        long group = index / BLOCK * GROUPS + inBlock;
        return workbenches.get().make(index, group, member);
    }
}
