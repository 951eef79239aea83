package dev.stampede.streaming.command;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.streaming.demo.Demo;
import dev.stampede.streaming.demo.DemoReport;
import dev.stampede.streaming.demo.DemoSettings;
import dev.stampede.streaming.demo.SimulatedCandidates;
import dev.stampede.streaming.scoring.ProvenModel;
import dev.stampede.streaming.scoring.ScoringModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: everything in one JVM, checked to the record. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs a broker, simulated alerts and the stream in one process, and checks every outcome.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every alert had one outcome",
            "1:one is missing, came twice or went astray, or a part failed",
            "2:wrong usage"
        })
public final class DemoCommand implements Callable<Integer> {
    /** How long Ctrl-C waits for outcomes that are under way. */
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    private static final int MAX_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(names = "--alerts", paramLabel = "N", description = "Send N alerts, then report. Without it: until Ctrl-C.")
    private @Nullable Long alerts;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description = "Send that many a second. Without it: as fast as outcomes come back.")
    private @Nullable Double rate;

    @Option(
            names = "--http-port",
            paramLabel = "P",
            defaultValue = "0",
            description =
                    "Serve the live page, /metrics, /healthz and /readyz there; 0, the default, takes a free port.")
    private int httpPort;

    @Option(names = "--json", description = "Report as one JSON object on standard output.")
    private boolean json;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What the alerts follow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The model: vgg6 (if not given), resnet14, or a file.")
    private @Nullable Path model;

    @Option(names = "--sheet", paramLabel = "FILE.png", description = "Draw the first alerts with their verdicts.")
    private @Nullable Path sheet;

    @Override
    public Integer call() throws InterruptedException {
        DemoSettings settings = settings();
        ModelFile file = model == null ? ModelFile.shipped() : ModelFile.read(model);
        CountDownLatch reported = new CountDownLatch(1);
        try (ScoringModel proven = ProvenModel.open(file)) {
            Demo demo = new Demo(
                    settings,
                    proven,
                    SimulatedCandidates.of(proven.identity().channels(), seed),
                    System.err,
                    Progress.isTerminal());
            stopOnInterrupt(demo, reported);
            DemoReport report = demo.run();
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? report.toJson() : report.toText().stripTrailing());
            out.flush();
            draw(report);
            return report.isConserved() ? 0 : 1;
        } finally {
            reported.countDown();
        }
    }

    private void draw(DemoReport report) {
        if (sheet != null) {
            try {
                report.sheet().write(sheet);
            } catch (IOException failure) {
                throw CommandFailure.failed("Cannot write the sheet: " + failure);
            }
        }
    }

    private DemoSettings settings() {
        if (alerts != null && alerts < 1) {
            throw CommandFailure.usage("--alerts must be 1 or more, not " + alerts);
        }
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw CommandFailure.usage("--rate must be above 0, not " + rate);
        }
        if (httpPort < 0 || httpPort > MAX_PORT) {
            throw CommandFailure.usage("--http-port must be 0 to " + MAX_PORT + ", not " + httpPort);
        }
        return new DemoSettings(
                alerts == null ? OptionalLong.empty() : OptionalLong.of(alerts),
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
                httpPort,
                seed);
    }

    /** Lets Ctrl-C end the demo with its report: the JVM waits for this hook, and the hook for the report. */
    private static void stopOnInterrupt(Demo demo, CountDownLatch reported) {
        Runnable farewell = () -> {
            demo.stop();
            try {
                reported.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(farewell, "farewell"));
    }
}
