package dev.stampede.systemtests.fuzz;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.FuzzedValues;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.AlertRecord;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.service.StampedeStream;
import dev.stampede.streaming.service.StreamTopics;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.InProcessStream;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import dev.stampede.systemtests.harness.RunFolder;
import dev.stampede.systemtests.harness.TestedFormat;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** Sends fuzzed values through a running stream on an embedded broker, and reads every outcome. */
final class FuzzRun {
    private static final int PARTITIONS = 4;
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofSeconds(1);

    private FuzzRun() {}

    static FuzzResult run(int count, long seed, RecordFormat format, ModelFile file, PrintStream notes)
            throws InterruptedException {
        try (TestedFormat tested = TestedFormat.open(format)) {
            return RunFolder.run("fuzz", folder -> run(count, seed, tested, file, folder, notes), FuzzResult::isKept);
        }
    }

    private static FuzzResult run(
            int count, long seed, TestedFormat format, ModelFile file, Path folder, PrintStream notes)
            throws InterruptedException {
        FuzzedValues values = new FuzzedValues(seed);
        PacketInput input = FuzzedValues.input(folder);
        FuzzCheck check = new FuzzCheck(values, input.newDecoder(List.of(Plane.MEDIAN)), format.newDecoder(), count);
        // A fuzzed value may contain any alert id, so the timestamp of its record identifies it, which outcomes keep.
        // It is in the past, as a broker rejects records from the future.
        long firstTimestamp = System.currentTimeMillis() - count;
        StreamMetrics metrics = new StreamMetrics();
        try (ModelHandle model = VerifiedModel.open(file);
                LocalBroker broker = LocalBroker.open(folder.resolve("broker"))) {
            StreamSettings settings =
                    InProcessStream.settings("""
                    bootstrap.servers=%s
                    application.id=fuzz
                    threads=2
                    topics.create=true
                    topics.partitions=%d
                    %s""".formatted(broker.address(), PARTITIONS, format.settings()));
            StreamTopics.require(settings);
            AlertScorerFactory scorers = new AlertScorerFactory(model, input, metrics, Clock.systemUTC());
            try (OutcomeLog outcomes = OutcomeLog.start(
                            broker.address(), outcome -> outcome.timestamp() - firstTimestamp, check, PARTITIONS);
                    NumberedProducer feed = NumberedProducer.open(broker.address(), values::value)
                            .withTimestamps(number -> firstTimestamp + number)
                            .withHeaders(number -> headers(values.header(number)))
                            .onStored((metadata, number) -> check.stored(number, metadata.partition()))) {
                String failure;
                try (StampedeStream stream = StampedeStream.start(settings, scorers)) {
                    feed.send(count, NumberedProducer.UNLIMITED);
                    feed.finish(count);
                    awaitOutcomes(count, stream, outcomes, notes);
                    failure = stream.failure().map(Throwable::toString).orElse("");
                }
                outcomes.finish();
                return new FuzzResult(
                        count,
                        seed,
                        check.classifications(),
                        check.deadLetters(),
                        check.missing(),
                        check.duplicates(),
                        outcomes.wrong(),
                        metrics.registry()
                                .getSampleValue("stampede_unbatched_total")
                                .longValue(),
                        check.partitions(PARTITIONS),
                        failure);
            }
        }
    }

    private static List<Header> headers(byte @Nullable [] schemaId) {
        return schemaId == null ? List.of() : List.of(new RecordHeader(AlertRecord.SCHEMA_ID_HEADER, schemaId));
    }

    private static void awaitOutcomes(int count, StampedeStream stream, OutcomeLog outcomes, PrintStream notes)
            throws InterruptedException {
        long seen = -1;
        long lastProgress = System.nanoTime();
        while (!outcomes.await(count, STEP)
                && stream.failure().isEmpty()
                && System.nanoTime() - lastProgress < STALL_TIMEOUT.toNanos()) {
            if (outcomes.distinct() != seen) {
                seen = outcomes.distinct();
                lastProgress = System.nanoTime();
                notes.println(seen + " outcomes");
            }
        }
    }
}
