package dev.stampede.benchmarks.gpu;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.EngineSettings;
import dev.stampede.systemtests.harness.BenchOptions;
import dev.stampede.systemtests.harness.MachineLoad;
import dev.stampede.systemtests.harness.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench gpu}: whether everything works on an NVIDIA GPU, and how fast. */
@Command(
        name = "gpu",
        mixinStandardHelpOptions = true,
        description = {
            "Checks in order what must work on an NVIDIA GPU, and measures it next to the CPU. Each check has passed,"
                    + " failed, or was not reached because one that it requires failed.",
            "The checks: " + GpuChecks.NAMES + "."
        })
@Example("bench gpu --json")
public final class GpuCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--provider", paramLabel = "P", description = "cuda, or cpu to run the same checks without a GPU.")
    private EngineSettings.Provider provider = EngineSettings.Provider.CUDA;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "Model: " + ModelFile.NAMES + ", or a file; repeat it for several (default: the shipped ones)."
                            + " The stream, processes and explanations use the first one.")
    private List<String> models = ModelFile.SHIPPED;

    @Option(
            names = "--batches",
            paramLabel = "N,N",
            split = ",",
            description = "Stamps of one run of a model (default: 1,16,64,256,1024,2048,4096,8192).")
    private List<Integer> batches = List.of(1, 16, 64, 256, 1024, 2048, 4096, 8192);

    @Option(names = "--seconds", paramLabel = "S", description = "Duration of each measurement.")
    private double seconds = 1;

    @Option(names = "--memory-limit", paramLabel = "MIB", description = "Limit of the GPU memory arena, mebibytes.")
    private int memoryLimit = 4096;

    @Option(names = "--alerts", paramLabel = "N", description = "Alerts on the topic of the stream.")
    private int alerts = 300_000;

    @Option(
            names = "--checks",
            paramLabel = "NAME,NAME",
            split = ",",
            description = "Run only these checks (default: all).")
    private List<String> checks = List.of(GpuChecks.NAMES.split(", "));

    @Option(names = "--json", description = "Print one JSON object on standard output.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        BenchOptions.requirePositive("--memory-limit and --alerts", memoryLimit, alerts);
        BenchOptions.requirePositive(
                "--batches", batches.stream().mapToLong(Integer::longValue).toArray());
        if (provider == EngineSettings.Provider.AUTO || !(seconds > 0)) {
            throw CommandException.usage("--provider must be cuda or cpu, and --seconds above 0");
        }
        List<String> names = List.of(GpuChecks.NAMES.split(", "));
        checks.stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw CommandException.usage("--checks: there is no check " + name + "; the checks are " + GpuChecks.NAMES);
        });
        GpuSettings settings = new GpuSettings(
                provider,
                models.stream().map(Path::of).map(ModelFile::read).toList(),
                models,
                batches,
                seconds,
                memoryLimit,
                alerts);
        MachineLoad load = MachineLoad.begin();
        GpuReport report = RunFolder.run("gpu", folder -> run(settings, folder), GpuReport::passed);
        report.print(spec.commandLine().getOut(), json, load);
        return report.passed() ? 0 : 1;
    }

    private GpuReport run(GpuSettings settings, Path folder) throws InterruptedException {
        Stream<GpuCheck> chosen =
                GpuChecks.all(settings, folder, System.err).stream().filter(check -> checks.contains(check.name()));
        List<GpuCheckResult> results = CheckList.run(chosen.toList(), System.err);
        boolean passed = results.stream().allMatch(result -> result.state() == GpuCheckResult.State.PASSED);
        return new GpuReport(provider.name().toLowerCase(Locale.ROOT), passed, results);
    }
}
