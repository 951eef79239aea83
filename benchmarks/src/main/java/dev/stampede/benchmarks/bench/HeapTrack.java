package dev.stampede.benchmarks.bench;

import java.util.ArrayList;
import java.util.List;

/** The heap that is in use after a collection, at intervals. */
final class HeapTrack {
    private static final double MEBIBYTE = 1 << 20;

    /** What the JVM itself moves about; three bytes kept of each of a million messages are more. */
    private static final double MOVEMENT_MEBIBYTES = 2;

    private final List<Double> mebibytes = new ArrayList<>();

    /** Collects, and notes what is left. */
    void note() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        mebibytes.add(Figures.rounded((runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE));
    }

    List<Double> mebibytes() {
        return List.copyOf(mebibytes);
    }

    /** From the first quarter of the way, when all is loaded, to its end. */
    double growthMebibytes() {
        return Figures.rounded(mebibytes.get(mebibytes.size() - 1) - mebibytes.get(mebibytes.size() / 4));
    }

    boolean isFlat() {
        return growthMebibytes() < MOVEMENT_MEBIBYTES;
    }
}
