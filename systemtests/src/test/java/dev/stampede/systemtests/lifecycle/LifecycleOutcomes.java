package dev.stampede.systemtests.lifecycle;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.demo.DemoCandidate;
import dev.stampede.streaming.kafka.ClassificationReader;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.ExpectedOutcomes;
import dev.stampede.systemtests.harness.OutcomeLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Verifies classifications, and records by which model each alert was scored and which were called real. Thread-safe. */
final class LifecycleOutcomes implements OutcomeLog.Check {
    /** The S/N from which a source should be found. */
    private static final double MIN_SIGNAL_TO_NOISE = 8;

    private final AlertPool pool;
    private final int labelled;
    private final ExpectedOutcomes expected;
    private final ClassificationReader classifications = new ClassificationReader(SchemaSource.NONE);
    private final Map<String, BitSet> scoredBy = new HashMap<>();
    private final BitSet real = new BitSet();
    private final String[] latestModel;

    /** @param labelled how many stamps of the pool, the first, models may be trained on */
    LifecycleOutcomes(AlertPool pool, int labelled, ExpectedOutcomes expected, int partitions) {
        this.pool = pool;
        this.labelled = labelled;
        this.expected = expected;
        this.latestModel = new String[partitions];
        Arrays.fill(latestModel, "none");
    }

    @Override
    public synchronized boolean isRight(long number, ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        if (outcome.topic().equals(TopicNames.DEFAULT.deadLetters())) {
            return false; // every alert here is decodable
        }
        Classification published = classifications.decode(outcome);
        latestModel[outcome.partition()] = published.getModelSha256();
        scoredBy.computeIfAbsent(published.getModelSha256(), model -> new BitSet())
                .set((int) number);
        real.set((int) number, published.getVerdict() == Verdict.REAL);
        return expected.agrees(number, published);
    }

    /** Whether that model scored the latest outcome of each partition; as partitions are ordered, it scores later ones. */
    synchronized boolean isScoredBy(String sha256) {
        return Arrays.stream(latestModel).allMatch(sha256::equals);
    }

    /** The pass of the alerts from {@code from} on and below {@code to}. */
    synchronized LifecyclePass pass(String name, String sha256, long from, long to) {
        BitSet byModel = scoredBy.getOrDefault(sha256, new BitSet());
        int sources = 0;
        int found = 0;
        int bogus = 0;
        int falsePositives = 0;
        int byAnother = 0;
        for (long number = from; number < to; number++) {
            byAnother += byModel.get((int) number) ? 0 : 1;
            int stamp = pool.stampOf(number);
            DemoCandidate candidate = pool.candidate(stamp);
            if (stamp < labelled) {
                continue;
            }
            int calledReal = real.get((int) number) ? 1 : 0;
            if (!candidate.isReal()) {
                bogus++;
                falsePositives += calledReal;
            } else if (candidate.signalToNoise() >= MIN_SIGNAL_TO_NOISE) {
                sources++;
                found += calledReal;
            }
        }
        double recall = (double) found / sources;
        return new LifecyclePass(name, sha256, from, to, sources, recall, (double) falsePositives / bogus, byAnother);
    }
}
