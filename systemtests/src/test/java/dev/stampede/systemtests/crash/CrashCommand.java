package dev.stampede.systemtests.crash;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.ConservationResult;
import dev.stampede.systemtests.harness.OutputFormatOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench crash}: injects failures and counts missing, duplicate and wrong outcomes. */
@Command(
        name = "crash",
        mixinStandardHelpOptions = true,
        description = "Kills, stops and adds instances and restarts the broker under load, and verifies every outcome."
                + " With more instances or brokers it kills one of each permanently.",
        exitCodeList = {
            "0:every guarantee was kept",
            "1:alerts are missing, wrong, or duplicate under exactly_once_v2; or the stream did not recover",
            "2:wrong usage"
        })
@Example("bench crash --times 1")
public final class CrashCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions bench;

    @Option(names = "--alerts", paramLabel = "N", description = "Minimum number of alerts of a run.")
    private long alerts = 200_000;

    @Option(names = "--rate", paramLabel = "N", description = "Alerts per second.")
    private int rate = 1000;

    @Option(names = "--times", paramLabel = "N", description = "How often each kind of event happens.")
    private int times = 5;

    @Option(names = "--brokers", paramLabel = "N", description = "Brokers: 1, or 3 or more.")
    private int brokers = 1;

    @Option(names = "--instances", paramLabel = "N", description = "Instances of the stream.")
    private int instances = 1;

    @Option(names = "--guarantee", paramLabel = "G", description = "exactly_once_v2 or at_least_once (default: both).")
    private @Nullable String guarantee;

    @Option(names = "--protocol", paramLabel = "P", description = "classic or streams (default: both).")
    private @Nullable String protocol;

    @Mixin
    private OutputFormatOptions output;

    /** What is printed. */
    private record Result(int brokers, int instances, List<Run> runs) {}

    private record Run(String outputFormat, @JsonUnwrapped ConservationResult result) {}

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.requirePositive(
                "--alerts, --rate, --times, --brokers and --instances", alerts, rate, times, brokers, instances);
        if (brokers == 2) {
            throw CommandException.usage("--brokers must be 1, or 3 or more: two brokers cannot lose one");
        }
        List<String> guarantees =
                chosen("--guarantee", guarantee, List.of(StreamsConfig.EXACTLY_ONCE_V2, StreamsConfig.AT_LEAST_ONCE));
        List<String> protocols = chosen("--protocol", protocol, List.of("classic", "streams"));
        List<CrashEvent> events = CrashSettings.events(brokers, instances, times);
        List<Run> runs = new ArrayList<>();
        for (String promised : guarantees) {
            for (String grouped : protocols) {
                for (RecordFormat format : output.formats()) {
                    CrashSettings settings =
                            new CrashSettings(promised, grouped, format, alerts, rate, brokers, instances, events);
                    runs.add(new Run(format.word(), CrashRun.run(settings, bench.model(), System.err)));
                }
            }
        }
        bench.print(new Result(brokers, instances, runs));
        return runs.stream().allMatch(run -> run.result().isKept()) ? 0 : 1;
    }

    private static List<String> chosen(String option, @Nullable String choice, List<String> all) {
        if (choice == null) {
            return all;
        }
        if (!all.contains(choice)) {
            throw CommandException.usage(option + " must be one of " + String.join(", ", all) + ", not " + choice);
        }
        return List.of(choice);
    }
}
