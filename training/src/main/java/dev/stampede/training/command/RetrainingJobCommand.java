package dev.stampede.training.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.training.job.JobFolder;
import dev.stampede.training.job.JobMetrics;
import dev.stampede.training.job.JobSettings;
import dev.stampede.training.job.JobState;
import dev.stampede.training.job.RetrainingJob;
import dev.stampede.training.job.RunsPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code stampede retraining-job}: from new labels to a promoted model, started again and again by a timer. */
@Command(
        name = "retraining-job",
        description = {
            "Retrains on the labels since the last run, releases the model as shadow if the gate accepts it, and promotes it"
                    + " after enough alerts, or asks a person.",
            "Start it by a timer. Each start does what can be done and ends; an interrupted one is continued by the next."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {
            "0:done, also if there are too few labels, the gate rejected the model, or the model waits for alerts or a"
                    + " person",
            "1:failure, or another start has not ended",
            "2:wrong usage or settings"
        })
@Example("retraining-job --config stampede.properties --state /var/lib/stampede-retraining -- --epochs 20")
final class RetrainingJobCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The settings of the stream; environment variables override them.")
    private Path config;

    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the job, with its state, its runs and their reports; created if absent.")
    private Path state;

    @OptionHeading("Labels")
    @Option(
            names = "--min-labels",
            paramLabel = "N",
            defaultValue = "100",
            description = "New labelled stamps of each class that a run needs.")
    private int minLabels;

    @OptionHeading("Labels")
    @Option(
            names = "--window-days",
            paramLabel = "DAYS",
            defaultValue = "60",
            description = "How old alerts may be whose labels are new.")
    private int windowDays;

    @OptionHeading("Labels")
    @Option(
            names = "--earlier-runs",
            paramLabel = "N",
            defaultValue = "20",
            description = "Earlier runs whose labels are added to the training set.")
    private int earlierRuns;

    @OptionHeading("Labels")
    @Option(
            names = "--simulated",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Simulated stamps of each run, half of them sources, of another seed for each run.")
    private int simulated;

    @Mixin
    private PromotionOptions promotion;

    @OptionHeading("Promotion")
    @Option(
            names = "--released-from",
            paramLabel = "LOCATION",
            description =
                    "Where every stream reads the folder --state: an HTTP(S) URL or a path. Releases then name the"
                            + " model file there (default: they embed it).")
    private @Nullable String location;

    @OptionHeading("Metrics")
    @Option(
            names = "--metrics",
            paramLabel = "FILE.prom",
            description = "Metrics for the textfile collector of the node exporter (default: metrics.prom in --state).")
    private @Nullable Path metrics;

    @OptionHeading("Metrics")
    @Option(names = "--push-gateway", paramLabel = "URL", description = "Also send the metrics to a push gateway.")
    private @Nullable URI gateway;

    @Parameters(
            paramLabel = "RETRAIN_OPTION",
            arity = "0..*",
            description = "Options of retrain, after --, such as -- --epochs 20 --threads 2.")
    private List<String> retrainOptions = List.of();

    @Override
    public Integer call() {
        TrainingPlatform.require("retraining-job");
        if (simulated < 0) {
            throw CommandException.usage("--simulated is " + simulated + ", not 0 or more.");
        }
        requireLocation();
        JobSettings settings = settings();
        List<String> options = new ArrayList<>(List.of("--simulated", String.valueOf(simulated)));
        options.addAll(retrainOptions);
        JobCommands steps = new JobCommands(config, state.toAbsolutePath(), Optional.ofNullable(location), options);
        steps.check();
        try (JobFolder folder = open()) {
            run(folder, settings, steps);
            return 0;
        } catch (IOException failure) {
            throw CommandException.failed("Cannot write " + state + ": " + FailureReason.of(failure) + ".");
        }
    }

    private void requireLocation() {
        if (location != null && !location.matches("https?://.+|/.*")) {
            throw CommandException.usage(
                    "--released-from is " + location + ", not an HTTP(S) URL or an absolute path.");
        }
    }

    private JobSettings settings() {
        try {
            return new JobSettings(promotion.rule(), minLabels, Duration.ofDays(windowDays), earlierRuns);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("The job: " + wrong.getMessage() + ".");
        }
    }

    private JobFolder open() throws IOException {
        Optional<JobFolder> folder = JobFolder.open(state.toAbsolutePath());
        return folder.orElseThrow(() -> CommandException.failed(
                "Another retraining job works in " + state + ": wait until it has ended, or use another --state."));
    }

    private void run(JobFolder folder, JobSettings settings, JobCommands steps) throws IOException {
        PrintWriter lines = spec.commandLine().getOut();
        Clock clock = Clock.systemUTC();
        Instant begin = clock.instant();
        boolean succeeded = false;
        try {
            new RetrainingJob(folder, settings, steps, clock, line -> {
                        lines.println(line);
                        lines.flush();
                    })
                    .advance();
            succeeded = true;
        } finally {
            publish(folder, settings, begin, clock.instant(), succeeded);
        }
    }

    private void publish(JobFolder folder, JobSettings settings, Instant begin, Instant end, boolean succeeded)
            throws IOException {
        JobState reached = folder.state();
        RunsPage.write(folder, reached);
        byte[] text =
                JobMetrics.of(reached, settings.rule(), begin, end, succeeded).getBytes(UTF_8);
        AtomicFile.write(metrics == null ? folder.path().resolve("metrics.prom") : metrics, out -> out.write(text));
        if (gateway != null) {
            PushGateway.push(gateway, text, spec.commandLine().getErr());
        }
    }
}
