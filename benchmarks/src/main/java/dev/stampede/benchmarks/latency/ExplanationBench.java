package dev.stampede.benchmarks.latency;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.kafka.TopicFollower;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.service.StampedeStream;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.InProcessStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * Compares the latency of verdicts without explanations and with one for each, in alternating rounds, so that other load
 * of the machine affects both alike; then the same at a rate at which not all explanations can be computed.
 */
final class ExplanationBench {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Load load;
    private final ModelHandle model;
    private final VerdictTimer timer;
    private final PrintStream notes;
    private final Map<String, Object> results = new LinkedHashMap<>();
    private long published;

    /** What is sent: rounds of each kind, of so many seconds each. */
    record Load(int perSecond, int overloadPerSecond, int seconds, int rounds, String search) {}

    private ExplanationBench(Load load, ModelHandle model, VerdictTimer timer, PrintStream notes) {
        this.load = load;
        this.model = model;
        this.timer = timer;
        this.notes = notes;
    }

    /** Runs all rounds; the results by their names in the JSON. */
    static Map<String, Object> run(Load load, ModelFile file, PrintStream notes) throws InterruptedException {
        try (ModelHandle model = VerifiedModel.open(file);
                VerdictTimer timer = new VerdictTimer(model.identity().planes())) {
            return new ExplanationBench(load, model, timer, notes).run();
        }
    }

    private Map<String, Object> run() throws InterruptedException {
        notes.println("Warming up...");
        new Round("all").run(load.perSecond());
        results.put("ratePerSecond", load.perSecond());
        compare("without", "with", "p", "published", "skipped", load.perSecond());
        results.put("overloadRatePerSecond", load.overloadPerSecond());
        compare(
                "overloadWithout",
                "overloadWith",
                "overloadP",
                "overloadPublished",
                "overloadSkipped",
                load.overloadPerSecond());
        countPublished();
        results.put("seconds", load.seconds());
        results.put("rounds", load.rounds());
        results.put("search", load.search());
        return results;
    }

    private void compare(String without, String with, String ratio, String publishedName, String skippedName, int rate)
            throws InterruptedException {
        Histogram plain = new Histogram(3);
        Histogram explained = new Histogram(3);
        long skipped = 0;
        long before = published;
        for (int round = 1; round <= load.rounds(); round++) {
            notes.println("Round " + round + " of " + load.rounds() + " at " + rate + " alerts per second...");
            plain.add(new Round("none").run(rate));
            Round explaining = new Round("all");
            explained.add(explaining.run(rate));
            skipped += explaining.count("stampede_explanations_total", "skipped");
        }
        for (int percentile : new int[] {50, 99}) {
            double plainMillis = LatencyBench.millis(plain, percentile);
            double explainedMillis = LatencyBench.millis(explained, percentile);
            results.put(without + "P" + percentile + "Millis", plainMillis);
            results.put(with + "P" + percentile + "Millis", explainedMillis);
            results.put(ratio + percentile + "Ratio", explainedMillis / plainMillis);
        }
        results.put(publishedName, published - before);
        results.put(skippedName, skipped);
    }

    /** Compares the topic of explanations with the metrics of the stream. */
    private void countPublished() {
        Map<String, Integer> copies = new HashMap<>();
        try (TopicReader reader = TopicFollower.open(timer.brokers(), List.of(TopicNames.DEFAULT.explanations()))) {
            reader.readToEnd(TIMEOUT, each -> copies.merge(new String(each.key(), UTF_8), 1, Integer::sum));
        }
        results.put("explanationsPublished", published);
        results.put("explanationsMissing", published - copies.size());
        results.put(
                "explanationsRepeated",
                copies.values().stream().mapToInt(count -> count - 1).sum());
    }

    /** One stream from its start to its end. */
    private final class Round {
        private final StreamMetrics metrics = new StreamMetrics();
        private final String policy;

        Round(String policy) {
            this.policy = policy;
        }

        /** Sends alerts, and waits for every explanation that was requested. */
        Histogram run(int perSecond) throws InterruptedException {
            try (StampedeStream stream =
                    InProcessStream.start(model, metrics, """
                    bootstrap.servers=%s
                    processing.guarantee=at_least_once
                    explain.policy=%s
                    explain.search=%s
                    """.formatted(timer.brokers(), policy, load.search()))) {
                await("ready", () -> stream.readiness().stream().allMatch(check -> check.holds()));
                timer.atRate(perSecond, 1); // connections
                Histogram nanos = timer.atRate(perSecond, load.seconds());
                if (policy.equals("all")) {
                    await("done with explanations", () -> published() + skipped() >= classified());
                    published += published();
                }
                return nanos;
            }
        }

        private long published() {
            return count("stampede_explanations_total", "published");
        }

        private long skipped() {
            return count("stampede_explanations_total", "skipped");
        }

        private long classified() {
            return count("stampede_alerts_total", "real") + count("stampede_alerts_total", "bogus");
        }

        long count(String metric, String outcome) {
            String[] label = {"outcome"};
            return Objects.requireNonNull(metrics.registry().getSampleValue(metric, label, new String[] {outcome}))
                    .longValue();
        }
    }

    static void await(String state, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw CommandException.failed("The stream was not " + state + " within " + TIMEOUT.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
