package dev.stampede.systemtests.soak;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.OutputFormatOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench soak}: whether the stream stays flat under a steady load with faults, or while it drains a backlog. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "Loads the stream steadily, restarts its broker, kills an instance, sends bursts of undecodable"
                + " alerts, and samples memory, threads, files, latency and lag. With --backlog it samples a stream"
                + " of 512 MB heap that drains a backlog.",
        exitCodeList = {
            "0:every alert has its one right outcome, and nothing grows",
            "1:alerts are missing, duplicate or wrong, or something grows",
            "2:wrong usage"
        })
@Example("bench soak --minutes 10")
public final class SoakCommand implements Callable<Integer> {
    private static final double SAMPLE_SECONDS = 5;
    private static final double BACKLOG_SAMPLE_SECONDS = 3;

    @Mixin
    private BenchOptions bench;

    @Mixin
    private OutputFormatOptions output;

    @Option(names = "--minutes", paramLabel = "M", description = "Duration of the load.")
    private double minutes = 60;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Alerts per second (default: half of what a probe measures).")
    private @Nullable Integer rate;

    @Option(
            names = "--every",
            paramLabel = "S",
            description = "Seconds between samples (default: 5, with --backlog 3).")
    private @Nullable Double every;

    @Option(names = "--png", paramLabel = "FILE", description = "Also draw the samples over time.")
    private @Nullable Path png;

    @Option(names = "--backlog", paramLabel = "N", description = "Drain a backlog of N alerts, 2 KB each on disk.")
    private @Nullable Long backlog;

    @Override
    public Integer call() throws InterruptedException {
        double seconds = every != null ? every : backlog != null ? BACKLOG_SAMPLE_SECONDS : SAMPLE_SECONDS;
        if (!(minutes > 0) || !(seconds >= 0.1) || (rate != null && rate < 1) || (backlog != null && backlog < 1)) {
            throw CommandException.usage(
                    "--minutes must be above 0, --every 0.1 or more, --rate and --backlog 1 or more");
        }
        if (png != null) {
            AtomicFile.requireWritable(png);
        }
        long everyMillis = (long) (seconds * 1000);
        if (backlog != null) {
            BacklogResult result = BacklogRun.run(backlog, everyMillis, bench.model(), System.err);
            bench.print(result);
            return result.isFlat() && result.outcomes() == backlog ? 0 : 1;
        }
        SoakSettings settings = new SoakSettings(
                minutes * TimeUnit.MINUTES.toSeconds(1), rate == null ? 0 : rate, everyMillis, output.format());
        SoakResult result = SoakRun.run(settings, bench.model(), System.err);
        if (png != null) {
            SoakPlot.write(result, png);
        }
        bench.print(result);
        return result.isSteady() ? 0 : 1;
    }
}
