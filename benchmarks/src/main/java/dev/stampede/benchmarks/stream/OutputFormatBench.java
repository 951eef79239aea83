package dev.stampede.benchmarks.stream;

import dev.stampede.benchmarks.rate.Rate;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.Results;
import dev.stampede.systemtests.harness.TestedFormat;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Compares the throughput of the stream in each output format, in turn, on the same alerts. */
final class OutputFormatBench {
    private static final int PARTITIONS = 4;
    private static final int POOL_SIZE = 4096;

    private final StreamBench.Settings settings;
    private final ModelFile file;
    private final PrintStream notes;

    OutputFormatBench(StreamBench.Settings settings, ModelFile file, PrintStream notes) {
        this.settings = settings;
        this.file = file;
        this.notes = notes;
    }

    /** Runs all measurements; the results by their names in the JSON. */
    Map<String, Object> run() throws InterruptedException {
        Map<RecordFormat, List<Rate>> rates = new EnumMap<>(RecordFormat.class);
        try (StampModel opened = StampModel.open(file);
                ModelHandle model = VerifiedModel.open(file, settings.engine());
                EmbeddedBroker broker = EmbeddedBroker.start()) {
            notes.println("Filling a topic with " + settings.alerts() + " alerts...");
            AlertPool pool = AlertPool.of(opened.contract().planes(), POOL_SIZE);
            broker.createTopics(PARTITIONS, TopicNames.DEFAULT.all());
            StreamBench.fill(broker, TopicNames.DEFAULT.alerts(), settings.alerts(), pool::value);
            for (int round = 1; round <= settings.warmUpRounds() + settings.rounds(); round++) {
                List<RecordFormat> order = Arrays.asList(RecordFormat.values());
                Collections.rotate(order, round); // while code is being compiled, a later measurement is faster
                for (RecordFormat format : order) {
                    Rate rate = rate(format, round, broker.address(), model);
                    notes.printf(
                            "  round %d  %-16s %,.0f/s  %.1f us CPU%n",
                            round, format.word(), rate.perSecond(), rate.cpuMicros());
                    if (round > settings.warmUpRounds()) {
                        rates.computeIfAbsent(format, first -> new ArrayList<>())
                                .add(rate);
                    }
                }
            }
        }
        return results(rates);
    }

    private Rate rate(RecordFormat format, int round, String brokers, ModelHandle model) throws InterruptedException {
        try (TestedFormat tested = TestedFormat.open(format)) {
            return StreamBench.endToEnd(settings, brokers, "bench-" + format.word() + "-" + round, model, tested);
        }
    }

    private Map<String, Object> results(Map<RecordFormat, List<Rate>> rates) {
        Map<String, Object> formats = new LinkedHashMap<>();
        for (RecordFormat format : RecordFormat.values()) {
            formats.put(
                    format.word(),
                    new Result(
                            Math.round(median(rates, format, Rate::perSecond)),
                            median(rates, format, Rate::cpuMicros),
                            ratio(rates, format, Rate::perSecond),
                            ratio(rates, format, Rate::cpuMicros)));
        }
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("formats", formats);
        results.put("threads", settings.threads());
        results.put("guarantee", settings.guarantee());
        results.put("alerts", settings.alerts());
        results.put("rounds", settings.rounds());
        return results;
    }

    /** The medians of one format, and their ratios to those of single-object encoding in the same round. */
    private record Result(long perSecond, double cpuMicros, double rateRatio, double cpuRatio) {}

    private static double median(
            Map<RecordFormat, List<Rate>> rates, RecordFormat format, ToDoubleFunction<Rate> value) {
        return Results.median(rates.getOrDefault(format, List.of()).stream().mapToDouble(value));
    }

    /** The median of the ratios within a round. */
    private static double ratio(
            Map<RecordFormat, List<Rate>> rates, RecordFormat format, ToDoubleFunction<Rate> value) {
        List<Rate> ofFormat = rates.getOrDefault(format, List.of());
        List<Rate> reference = rates.getOrDefault(RecordFormat.SINGLE_OBJECT, List.of());
        return Results.median(IntStream.range(0, ofFormat.size())
                .mapToDouble(
                        round -> value.applyAsDouble(ofFormat.get(round)) / value.applyAsDouble(reference.get(round))));
    }
}
