package dev.stampede.benchmarks.gpu;

import java.io.IOException;

/**
 * One thing that must work.
 *
 * @param isRequired whether the checks after it are pointless if it fails
 */
record GpuCheck(String name, boolean isRequired, Work work) {
    /** What a check does; an exception is a failed check. */
    @FunctionalInterface
    interface Work {
        Finding run() throws IOException, InterruptedException;
    }
}
