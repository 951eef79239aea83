package dev.stampede.benchmarks.stream;

import dev.stampede.benchmarks.rate.Rate;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.MachineLoad;
import dev.stampede.systemtests.harness.Results;
import dev.stampede.systemtests.harness.TestedFormat;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleBiFunction;

/** Compares the throughput of the stream with different settings or output formats, in turn, on the same alerts. */
final class VariantBench {
    private static final int POOL_SIZE = 4096;

    private final StreamBench.Settings settings;
    private final List<Variant> variants;
    private final ModelFile file;
    private final PrintStream notes;

    /** A stream with an output format and settings that differ from those of the others. */
    record Variant(String name, RecordFormat format, Map<String, String> settings) {
        Variant {
            settings = Map.copyOf(settings);
        }
    }

    /** The ratios are those to the first of {@code variants}. */
    VariantBench(StreamBench.Settings settings, List<Variant> variants, ModelFile file, PrintStream notes) {
        this.settings = settings;
        this.variants = List.copyOf(variants);
        this.file = file;
        this.notes = notes;
    }

    /** Runs all measurements; passes on the results by their names in the JSON, and the load while they were measured. */
    void run(BiConsumer<Map<String, Object>, MachineLoad> print) throws InterruptedException {
        try (StampModel opened = StampModel.open(file);
                ModelHandle model = VerifiedModel.open(file, settings.engine());
                EmbeddedBroker broker =
                        EmbeddedBroker.start(BrokerSettings.singleNode(0).waitingForThreads())) {
            notes.println("Filling a topic with " + settings.alerts() + " alerts...");
            AlertPool pool = AlertPool.of(opened.contract().planes(), POOL_SIZE);
            broker.createTopics(settings.threads(), TopicNames.DEFAULT.all());
            StreamBench.fill(broker, TopicNames.DEFAULT.alerts(), settings.alerts(), pool::value);
            List<Map<Variant, Rate>> rounds = new ArrayList<>();
            MachineLoad load = MachineLoad.begin();
            for (int round = 1; round <= settings.warmUpRounds() + settings.rounds(); round++) {
                if (round == settings.warmUpRounds() + 1) {
                    load = MachineLoad.begin();
                }
                Map<Variant, Rate> rates = round(round, broker.address(), model);
                if (round > settings.warmUpRounds()) {
                    rounds.add(rates);
                }
            }
            print.accept(results(rounds), load);
        }
    }

    private Map<Variant, Rate> round(int round, String brokers, ModelHandle model) throws InterruptedException {
        List<Variant> order = new ArrayList<>(variants);
        Collections.rotate(order, round); // while code is being compiled, a later measurement is faster
        Map<Variant, Rate> rates = new LinkedHashMap<>();
        for (Variant variant : order) {
            String group = "bench-" + variants.indexOf(variant) + "-" + round;
            try (TestedFormat format = TestedFormat.open(variant.format())) {
                Rate rate = StreamBench.endToEnd(settings, brokers, group, model, format, variant.settings());
                notes.printf("  round %d  %-16s %s%n", round, variant.name(), rate);
                rates.put(variant, rate);
            }
        }
        return rates;
    }

    private Map<String, Object> results(List<Map<Variant, Rate>> rounds) {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (Variant variant : variants) {
            byName.put(
                    variant.name(),
                    new Result(
                            Math.round(median(rounds, variant, (rate, first) -> rate.perSecond())),
                            median(rounds, variant, (rate, first) -> rate.cpuMicros()),
                            median(rounds, variant, (rate, first) -> rate.busyCores()),
                            median(rounds, variant, (rate, first) -> rate.perSecond() / first.perSecond()),
                            median(rounds, variant, (rate, first) -> rate.cpuMicros() / first.cpuMicros())));
        }
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("variants", byName);
        results.put("threads", settings.threads());
        results.put("guarantee", settings.guarantee());
        results.put("streamSettings", settings.streamSettings());
        results.put("alerts", settings.alerts());
        results.put("rounds", settings.rounds());
        return results;
    }

    /** The medians of one variant, and of its ratios to the first variant in the same round. */
    private record Result(long perSecond, double cpuMicros, double busyCores, double rateRatio, double cpuRatio) {}

    private double median(List<Map<Variant, Rate>> rounds, Variant variant, ToDoubleBiFunction<Rate, Rate> value) {
        return Results.median(rounds.stream()
                .mapToDouble(round -> value.applyAsDouble(
                        Objects.requireNonNull(round.get(variant)),
                        Objects.requireNonNull(round.get(variants.get(0))))));
    }
}
