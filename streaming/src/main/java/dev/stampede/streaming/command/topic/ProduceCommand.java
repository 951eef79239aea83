package dev.stampede.streaming.command.topic;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.Example;
import dev.stampede.commandline.ProgressBar;
import dev.stampede.commandline.StampOptions;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.format.TableFormat;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.command.option.KafkaOptions;
import dev.stampede.streaming.command.option.TableOptions;
import dev.stampede.streaming.kafka.AccessRight;
import dev.stampede.streaming.kafka.AccessRights;
import dev.stampede.streaming.kafka.PacedFeed;
import dev.stampede.streaming.kafka.TopicCheck;
import dev.stampede.streaming.kafka.TopicSender;
import dev.stampede.streaming.offline.AlertSource;
import dev.stampede.streaming.offline.InputFiles;
import dev.stampede.streaming.offline.SkippedFiles;
import dev.stampede.streaming.service.GracefulShutdown;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code produce}: sends stamps as alerts. */
@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        description =
                "Sends the stamps of arrays and results tables, simulated stamps or alert packets to a Kafka topic.")
@Example("produce stamps.npy --rate 100")
public final class ProduceCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(35);

    @Mixin
    private KafkaOptions kafka;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    private static final class Source {
        @Parameters(
                paramLabel = "INPUT",
                arity = "1..*",
                description =
                        "Files and folders: arrays (.npy, .npz) with stamps of shape (N, 441), (N, rows, columns) or"
                                + " (N, planes, rows, columns), results tables of KBMOD ("
                                + TableFormat.TABLES
                                + ", .fits); and alert packets (.avro, .avro.gz, archives .tar, .tar.gz, .tgz), which are"
                                + " sent unchanged, each alert as one record, with the file name as key.")
        private @Nullable List<Path> inputs;

        @Option(names = "--simulate", paramLabel = "N", description = "Send N simulated stamps, one median coadd each.")
        private @Nullable Long simulate;
    }

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Target topic (default: that of --config, otherwise alerts).")
    private @Nullable String topic;

    @Option(
            names = "--planes",
            split = ",",
            paramLabel = "PLANE",
            description =
                    "Planes of the stamps, in order, such as science,template,difference (default: the coadds that a"
                            + " table names; of an array median,mean,sum,weighted, as many as there are).")
    private List<Plane> planes = List.of();

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description = "Alerts per second (default: as fast as the broker accepts them).")
    private @Nullable Double rate;

    @Mixin
    private StampOptions stamps;

    @Mixin
    private TableOptions table;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Random seed of simulated stamps.")
    private long seed;

    @Spec
    private CommandSpec spec;

    private final SkippedFiles skipped = new SkippedFiles();

    @Override
    public Integer call() throws InterruptedException {
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw CommandException.usage("--rate must be above 0, not " + rate);
        }
        if (source.simulate != null && source.simulate < 1) {
            throw CommandException.usage("--simulate must be 1 or more, not " + source.simulate);
        }
        try (AlertSource alerts = open()) {
            send(alerts);
        }
        if (skipped.isAny()) {
            System.err.println(skipped.describe());
        }
        return 0;
    }

    private AlertSource open() {
        if (source.simulate != null) {
            table.requireNone();
            return AlertSource.simulated(source.simulate, seed);
        }
        List<Path> inputs = source.inputs == null ? List.of() : source.inputs;
        StampReading reading = stamps.reading().withPlanes(planes);
        if (table.isPresent()) {
            return AlertSource.stamps(inputs.get(0), reading, table.open(inputs).orElseThrow());
        }
        List<Path> files = InputFiles.arraysAndPackets(inputs, skipped);
        return AlertSource.files(files, reading, table.columns(files), skipped);
    }

    private void send(AlertSource alerts) throws InterruptedException {
        String target = kafka.alertsTopic("--topic", topic);
        TopicCheck.require(kafka.client(), AccessRights.of(AccessRight.toWrite(target)));
        PacedFeed feed = new PacedFeed(alerts.count(), rate == null ? Double.POSITIVE_INFINITY : rate);
        long sent;
        long start = System.nanoTime();
        try (GracefulShutdown shutdown = GracefulShutdown.within(STOP);
                TopicSender sender = TopicSender.open(kafka.client(), target);
                ProgressBar progress = ProgressBar.of("Sending", alerts.count())) {
            sent = feed.run(
                    number -> {
                        sender.send(alerts.key().apply(number), alerts.value().apply(number));
                        progress.advance(1);
                    },
                    shutdown::await);
            sender.flush();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT,
                "Sent %d alerts to %s in %.1f s, %.0f per second.",
                sent,
                target,
                seconds,
                sent / seconds));
        out.flush();
    }
}
