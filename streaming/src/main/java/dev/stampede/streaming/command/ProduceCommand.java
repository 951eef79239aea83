package dev.stampede.streaming.command;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import dev.stampede.streaming.topology.TopicCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
        description = "Sends the stamps of a .npy file, simulated ones, or packets of surveys to a Kafka topic.")
final class ProduceCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(35);

    @Mixin
    private KafkaOptions kafka;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    private static final class Source {
        @Parameters(
                paramLabel = "INPUT",
                arity = "1..*",
                description = "A .npy file with stamps of shape (N, 441), (N, rows, columns) or (N, channels, rows,"
                        + " columns); up to four channels are median, mean, sum, weighted, in this order. Or packets of"
                        + " surveys: .avro files and folders of them, which are sent as they are, each under the name of"
                        + " its file.")
        private @Nullable List<Path> inputs;

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
        if (source.simulate != null && source.simulate < 1) {
            throw CommandFailure.usage("--simulate must be 1 or more, not " + source.simulate);
        }
        try (AlertSource alerts = open()) {
            send(alerts);
        }
        return 0;
    }

    private AlertSource open() {
        if (source.simulate != null) {
            return AlertSource.simulated(source.simulate, seed);
        }
        List<Path> inputs = source.inputs == null ? List.of() : source.inputs;
        return PacketOptions.arePackets(inputs) ? AlertSource.packets(inputs) : AlertSource.stamps(inputs.get(0));
    }

    private void send(AlertSource alerts) throws InterruptedException {
        TopicCheck.demand(kafka.client(), Rights.of(Right.toWrite(topic)));
        long sent = 0;
        long start = System.nanoTime();
        try (Farewell farewell = Farewell.within(STOP);
                Sender sender = Sender.to(kafka.client(), topic);
                Progress progress = Progress.of("Sending", alerts.count())) {
            while (sent < alerts.count() && !farewell.isAsked()) {
                if (rate != null && waits(farewell, start + (long) (sent * 1e9 / rate))) {
                    break;
                }
                sender.send(alerts.key().apply(sent), alerts.value().apply(sent));
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
