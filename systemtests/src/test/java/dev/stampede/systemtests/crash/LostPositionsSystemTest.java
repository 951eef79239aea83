package dev.stampede.systemtests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.ExpectedOutcomes;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import dev.stampede.systemtests.harness.StreamInstances;
import dev.stampede.systemtests.harness.TestedFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop that is longer than the retention of positions. */
@Tag("system")
class LostPositionsSystemTest {
    private static final Map<String, String> SHORT_RETENTION =
            Map.of("offsets.retention.minutes", "1", "offsets.retention.check.interval.ms", "1000");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int ALERTS = 400;
    private static final int PARTITIONS = 4;

    @TempDir
    private Path folder;

    @Test
    void isReportedRefusedIfWantedAndOtherwiseRepeatsOutcomesButLosesNone() throws Exception {
        ModelFile file = ModelFile.shipped();
        Path path = Files.write(folder.resolve("model.onnx"), file.bytes());
        try (StampModel model = StampModel.open(file);
                TestedFormat format = TestedFormat.open(RecordFormat.OCF);
                EmbeddedBroker broker = EmbeddedBroker.open(
                        folder.resolve("broker"), BrokerSettings.singleNode(0).with(SHORT_RETENTION))) {
            ExpectedOutcomes expected = ExpectedOutcomes.of(model, format);
            String settings = StreamInstances.failoverSettings(
                            broker.address(), path, StreamsConfig.EXACTLY_ONCE_V2, "classic", PARTITIONS, 5000)
                    + format.settings();
            try (JavaProcess first = JavaProcess.stream(folder, "first", settings)) {
                first.awaitRunning();
                try (OutcomeLog outcomes = OutcomeLog.start(broker.address(), expected, PARTITIONS);
                        NumberedProducer feed = NumberedProducer.open(broker.address(), expected::value)) {
                    feed.send(ALERTS, NumberedProducer.UNLIMITED);
                    assertThat(outcomes.await(ALERTS, TIMEOUT)).isTrue();
                    first.terminate();
                    awaitLoss(broker);
                    feed.send(ALERTS, NumberedProducer.UNLIMITED);
                    feed.finish(2 * ALERTS);

                    verifyRefusal(settings);
                    verifyRepetition(settings, outcomes);
                }
            }
        }
    }

    private static void awaitLoss(EmbeddedBroker broker) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            Polling.await(() -> {
                TimeUnit.SECONDS.sleep(1);
                try {
                    return admin.listConsumerGroupOffsets(StreamInstances.GROUP)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .isEmpty();
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private void verifyRefusal(String settings) throws InterruptedException {
        try (JavaProcess strict = JavaProcess.stream(folder, "strict", settings + "topic.lost-offsets=stop\n")) {
            assertThat(strict.awaitEnd(TIMEOUT)).isEqualTo(1);
            assertThat(strict.output()).contains("has no position in", "topic.lost-offsets=stop; set continue");
        }
    }

    private void verifyRepetition(String settings, OutcomeLog outcomes) throws InterruptedException {
        try (JavaProcess next = JavaProcess.stream(folder, "next", settings)) {
            assertThat(outcomes.await(2 * ALERTS, TIMEOUT)).isTrue();
            next.terminate();
            assertThat(next.output()).contains("records that have an outcome get another one");
            outcomes.finish();
            assertThat(outcomes.duplicates()).isEqualTo(ALERTS);
            assertThat(outcomes.wrong()).isZero();
        }
    }
}
