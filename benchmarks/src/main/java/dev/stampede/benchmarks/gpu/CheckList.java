package dev.stampede.benchmarks.gpu;

import dev.stampede.benchmarks.gpu.GpuCheckResult.State;
import dev.stampede.stamps.error.FailureReason;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs checks in order, up to a required one that fails. */
final class CheckList {
    private CheckList() {}

    /** The result of each check, in order; progress is printed to {@code notes}. */
    static List<GpuCheckResult> run(List<GpuCheck> checks, PrintStream notes) throws InterruptedException {
        List<GpuCheckResult> results = new ArrayList<>();
        boolean goesOn = true;
        for (GpuCheck check : checks) {
            GpuCheckResult result =
                    goesOn ? run(check, notes) : new GpuCheckResult(check.name(), State.NOT_REACHED, 0, "", Map.of());
            results.add(result);
            goesOn &= result.state() == State.PASSED || !check.isRequired();
        }
        return results;
    }

    private static GpuCheckResult run(GpuCheck check, PrintStream notes) throws InterruptedException {
        notes.println("Checking " + check.name() + "...");
        long start = System.nanoTime();
        Finding finding = finding(check);
        double seconds = (System.nanoTime() - start) / 1e9;
        State state = finding.isGood() ? State.PASSED : State.FAILED;
        notes.printf("  %s after %.1f s: %s%n", state, seconds, finding.detail());
        return new GpuCheckResult(check.name(), state, seconds, finding.detail(), finding.figures());
    }

    /** Whatever goes wrong in a check is its finding. */
    private static Finding finding(GpuCheck check) throws InterruptedException {
        try {
            return check.work().run();
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError failure) {
            return Finding.bad(FailureReason.of(failure), Map.of());
        }
    }
}
