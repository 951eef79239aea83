package dev.stampede.streaming.command.run;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.LiveLine;
import dev.stampede.commandline.Output;
import dev.stampede.commandline.OutputFormat;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.streaming.demo.Demo;
import dev.stampede.streaming.demo.DemoReport;
import dev.stampede.streaming.demo.DemoSettings;
import dev.stampede.streaming.demo.SimulatedCandidates;
import dev.stampede.streaming.kafka.CompressionLibraries;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.service.GracefulShutdown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the whole pipeline in one JVM, with a check of every record. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs a broker, simulated alerts and the stream in one process, and checks every outcome.",
        exitCodeList = {
            "0:every alert had one outcome",
            "1:an outcome is missing, repeated or misrouted, or a part failed",
            "2:wrong usage"
        })
@Example("demo --alerts 20000")
public final class DemoCommand implements Callable<Integer> {
    /** How long Ctrl-C waits for the outcomes of alerts in flight. */
    private static final Duration STOP = Duration.ofSeconds(30);

    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(names = "--alerts", paramLabel = "N", description = "Send N alerts, then report (default: until Ctrl-C).")
    private @Nullable Long alerts;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description = "Alerts per second (default: as fast as outcomes return).")
    private @Nullable Double rate;

    @Option(
            names = "--http-port",
            paramLabel = "P",
            defaultValue = "0",
            description = "Port of the live page, /metrics, /healthz and /readyz (default: a free port).")
    private int httpPort;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Random seed of the alerts.")
    private long seed;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "Model: " + ModelFile.NAMES + ", or a file (default: vgg6).")
    private @Nullable Path model;

    @Option(names = "--sheet", paramLabel = "FILE.png", description = "Draw the first alerts with their verdicts.")
    private @Nullable Path sheet;

    @Override
    public Integer call() throws InterruptedException {
        DemoSettings settings = settings();
        if (sheet != null) {
            AtomicFile.requireWritable(sheet);
        }
        ModelFile file = model == null ? ModelFile.shipped() : ModelFile.read(model);
        CompressionLibraries.load();
        try (GracefulShutdown shutdown = GracefulShutdown.within(STOP);
                ModelHandle verified = VerifiedModel.open(file)) {
            verified.identity().requireScoresWithoutFeatures("the simulated alerts of the demo");
            Demo demo = new Demo(
                    settings,
                    verified,
                    SimulatedCandidates.of(verified.identity().planes(), seed),
                    System.err,
                    LiveLine.isTerminal(),
                    shutdown);
            Optional<DemoReport> finished = demo.run();
            if (finished.isEmpty()) {
                System.err.println("Stopped before the first alert.");
                return 0;
            }
            DemoReport report = finished.get();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                Output.print(out, OutputFormat.JSON, report.toMap());
            } else {
                out.println(report.toText().stripTrailing());
                out.flush();
            }
            draw(report);
            return report.isConserved() ? 0 : 1;
        }
    }

    private void draw(DemoReport report) {
        if (sheet != null) {
            try {
                report.sheet().write(sheet);
            } catch (IOException failure) {
                throw CommandException.failed("Cannot write " + sheet + ": " + FailureReason.of(failure) + ".");
            }
        }
    }

    private DemoSettings settings() {
        if (alerts != null && alerts < 1) {
            throw CommandException.usage("--alerts must be 1 or more, not " + alerts);
        }
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw CommandException.usage("--rate must be above 0, not " + rate);
        }
        if (httpPort < 0 || httpPort > MAX_PORT) {
            throw CommandException.usage("--http-port must be 0 to " + MAX_PORT + ", not " + httpPort);
        }
        return new DemoSettings(
                alerts == null ? Long.MAX_VALUE : alerts,
                rate == null ? Double.POSITIVE_INFINITY : rate,
                httpPort,
                seed);
    }
}
