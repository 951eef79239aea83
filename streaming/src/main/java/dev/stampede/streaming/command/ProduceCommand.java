package dev.stampede.streaming.command;

import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.streaming.publish.StampAlertWriter;
import dev.stampede.streaming.topology.TopicCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
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
        description = "Sends the stamps of a .npy file, or simulated ones, as alerts to a Kafka topic.")
final class ProduceCommand implements Callable<Integer> {
    /** What the channels of a file are, as KBMOD writes them. */
    private static final List<CoaddKind> FILE_ORDER =
            List.of(CoaddKind.MEDIAN, CoaddKind.MEAN, CoaddKind.SUM, CoaddKind.WEIGHTED);

    private static final Duration STOP = Duration.ofSeconds(35);

    @Mixin
    private KafkaOptions kafka;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    private static final class Source {
        @Parameters(
                index = "0",
                paramLabel = "INPUT.npy",
                description = "Stamps of shape (N, 441), (N, rows, columns) or (N, channels, rows, columns); up to four"
                        + " channels are median, mean, sum, weighted, in this order.")
        private @Nullable Path file;

        @Option(names = "--simulate", paramLabel = "N", description = "N simulated stamps, one median coadd each.")
        private @Nullable Long simulate;
    }

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "alerts",
            description = "Where to send them (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(
            names = "--rate",
            paramLabel = "PER_SECOND",
            description = "Send that many a second. Without it: as fast as the broker takes them.")
    private @Nullable Double rate;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What simulated stamps follow from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw CommandFailure.usage("--rate must be above 0, not " + rate);
        }
        if (source.simulate != null) {
            if (source.simulate < 1) {
                throw CommandFailure.usage("--simulate must be 1 or more, not " + source.simulate);
            }
            List<CoaddKind> kinds = List.of(CoaddKind.MEDIAN);
            Simulator simulator = Simulator.of(SimulationSettings.standard().withCoadds(kinds), seed);
            send(
                    source.simulate,
                    "simulated-" + seed,
                    "SIMULATED",
                    kinds,
                    index -> simulator.candidate(index).stamp());
        } else if (source.file != null) {
            try (StampFile stamps = StampFile.open(source.file)) {
                if (stamps.channels() > FILE_ORDER.size()) {
                    throw CommandFailure.failed(source.file + " has stamps of " + stamps.channels()
                            + " channels; an alert carries " + FILE_ORDER.size() + " at most");
                }
                send(stamps.size(), name(source.file), "FILE", FILE_ORDER.subList(0, stamps.channels()), stamps::stamp);
            }
        }
        return 0;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.npy$", "");
    }

    private void send(long count, String name, String survey, List<CoaddKind> kinds, LongFunction<Stamp> stamps)
            throws InterruptedException {
        TopicCheck.demand(kafka.client(), List.of(topic));
        long sent = 0;
        long start = System.nanoTime();
        try (Farewell farewell = Farewell.within(STOP);
                Sender sender = Sender.to(kafka, topic);
                Progress progress = Progress.of("Sending", count)) {
            while (sent < count && !farewell.isAsked()) {
                if (rate != null && waits(farewell, start + (long) (sent * 1e9 / rate))) {
                    break;
                }
                String id = String.format(Locale.ROOT, "%s-%010d", name, sent);
                sender.send(id, StampAlertWriter.write(id, survey, kinds, stamps.apply(sent)));
                sent++;
                progress.advance(1);
            }
            sender.flush();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT, "Sent %d alerts to %s in %.1f s, %.0f a second.", sent, topic, seconds, sent / seconds));
        out.flush();
    }

    /** Waits until {@code dueNanos}; answers whether the command was asked to stop before. */
    private static boolean waits(Farewell farewell, long dueNanos) throws InterruptedException {
        long early = TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime());
        return early > 0 && farewell.await(early);
    }
}
