package dev.stampede.benchmarks.stream;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.OutputFormatOptions;
import dev.stampede.systemtests.harness.StreamSettingOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.StreamsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench stream}: throughput of the stream, of its parts alone, and of a per-record scorer. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description = "Measures the throughput of the stream and of its parts, in one run on the same alerts; with"
                + " --output-format all that of the stream in each output format instead, with --compare with other"
                + " settings.")
@Example("bench stream --alerts 300000")
public final class StreamBenchCommand implements Callable<Integer> {
    @Mixin
    private BenchOptions bench;

    @Mixin
    private OutputFormatOptions output;

    @Mixin
    private StreamSettingOptions configured;

    @Option(
            names = "--provider",
            paramLabel = "P",
            description = "Execution provider of the stream and of ONNX Runtime alone: cpu, cuda or auto.")
    private EngineSettings.Provider provider = EngineSettings.Provider.CPU;

    @Option(names = "--alerts", paramLabel = "N", description = "Alerts on the topic, 1.9 KB each.")
    private int alerts = 300_000;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count.")
    private int rounds = 3;

    @Option(names = "--warm-up-rounds", paramLabel = "N", description = "Rounds before them.")
    private int warmUpRounds = 2;

    @Option(names = "--seconds", paramLabel = "S", description = "Maximum duration of each measurement.")
    private int seconds = 10;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each measurement (default: one per core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--guarantee", paramLabel = "G", description = "exactly_once_v2 or at_least_once.")
    private String guarantee = StreamsConfig.EXACTLY_ONCE_V2;

    @Option(
            names = "--per-record-engine-threads",
            paramLabel = "N",
            description = "Threads of a model run of the per-record scorer; 0 for ONNX Runtime's default.")
    private int perRecordEngineThreads;

    @Option(
            names = "--compare",
            paramLabel = "KEY=VALUE",
            description =
                    "Measure only the stream, in turn as configured and with this setting, or several separated by"
                            + " commas; may be repeated.")
    private List<String> compared = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.requirePositive("--alerts, --rounds, --seconds and --threads", alerts, rounds, seconds, threads);
        if (warmUpRounds < 0 || perRecordEngineThreads < 0) {
            throw CommandException.usage("--warm-up-rounds and --per-record-engine-threads must be 0 or more");
        }
        List<RecordFormat> formats = output.formats();
        StreamBench.Settings settings = new StreamBench.Settings(
                provider,
                alerts,
                warmUpRounds,
                rounds,
                seconds,
                threads,
                guarantee,
                formats.get(0),
                configured.settings(),
                perRecordEngineThreads);
        List<VariantBench.Variant> variants = variants(formats);
        if (variants.size() > 1) {
            new VariantBench(settings, variants, bench.model(), System.err).run(bench::printComparison);
        } else {
            new StreamBench(settings, bench.model(), System.err).run(bench::printComparison);
        }
        return 0;
    }

    private List<VariantBench.Variant> variants(List<RecordFormat> formats) {
        List<VariantBench.Variant> variants = new ArrayList<>();
        if (formats.size() > 1) {
            if (!compared.isEmpty()) {
                throw CommandException.usage("--compare and --output-format all exclude each other");
            }
            formats.forEach(format -> variants.add(new VariantBench.Variant(format.word(), format, Map.of())));
            variants.sort(Comparator.comparing(each -> each.format() != RecordFormat.SINGLE_OBJECT)); // the reference
            return variants;
        }
        variants.add(new VariantBench.Variant("as configured", formats.get(0), Map.of()));
        for (String settings : compared) {
            variants.add(new VariantBench.Variant(settings, formats.get(0), parse(settings)));
        }
        requireDifferent(variants);
        return variants;
    }

    private static void requireDifferent(List<VariantBench.Variant> variants) {
        Set<Map<String, String>> seen = new HashSet<>();
        for (VariantBench.Variant variant : variants) {
            if (!seen.add(variant.settings())) {
                throw CommandException.usage("--compare " + variant.name()
                        + " repeats the settings of another --compare: each must differ from the others");
            }
        }
    }

    private static Map<String, String> parse(String settings) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String setting : settings.split(",", -1)) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw CommandException.usage("--compare is '" + settings + "', not KEY=VALUE[,KEY=VALUE]");
            }
            String key = setting.substring(0, equals).strip();
            if (parsed.put(key, setting.substring(equals + 1).strip()) != null) {
                throw CommandException.usage(
                        "--compare " + settings + " sets " + key
                                + " twice: the settings of one --compare are used together; repeat --compare for another value");
            }
        }
        return parsed;
    }
}
