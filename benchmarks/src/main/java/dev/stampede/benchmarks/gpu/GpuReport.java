package dev.stampede.benchmarks.gpu;

import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.commandline.TextTable;
import dev.stampede.systemtests.harness.MachineLoad;
import dev.stampede.systemtests.harness.Results;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The results of all checks, by their names in the JSON. */
record GpuReport(String provider, boolean passed, List<GpuCheckResult> checks) {
    GpuReport {
        checks = List.copyOf(checks);
    }

    /** Prints one JSON object, or tables of the checks and of the rates; {@code load} began before them. */
    void print(PrintWriter out, boolean json, MachineLoad load) {
        if (json) {
            Results.printComparison(out, true, this, load, System.err);
            return;
        }
        TextTable.lines(
                        List.of("check", "result", "seconds", "finding"),
                        checks.stream().map(GpuReport::row).toList())
                .forEach(out::println);
        List<BatchRate> rates = checks.stream()
                .map(check -> check.figures().get("rates"))
                .filter(Objects::nonNull)
                .flatMap(all -> ((List<?>) all).stream())
                .map(BatchRate.class::cast)
                .toList();
        if (!rates.isEmpty()) {
            out.println();
            Output.of(BatchRate.class, out, OutputFormat.TEXT).printAll(rates);
        }
        out.flush();
    }

    private static List<String> row(GpuCheckResult check) {
        return List.of(
                check.check(),
                check.state().toString(),
                String.format(Locale.ROOT, "%.1f", check.seconds()),
                check.detail());
    }
}
