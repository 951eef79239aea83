package dev.stampede.benchmarks.bench;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.demo.Candidate;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** By which model each alert was judged, and which were called real. Thread-safe. */
final class LifecycleLedger implements OutcomeLog.Check {
    /** From which S/N on a source should be found. */
    private static final double FINDABLE = 8;

    private final AlertPool pool;
    private final int labelled;
    private final OfflineVerdicts offline;
    private final Map<String, BitSet> judgedBy = new HashMap<>();
    private final BitSet real = new BitSet();
    private final String[] latestModel;

    /**
     * An empty ledger.
     *
     * @param labelled how many stamps of the pool, the first, models may have been trained on
     */
    LifecycleLedger(AlertPool pool, int labelled, OfflineVerdicts offline, int partitions) {
        this.pool = pool;
        this.labelled = labelled;
        this.offline = offline;
        this.latestModel = new String[partitions];
        Arrays.fill(latestModel, "none");
    }

    @Override
    public synchronized boolean isRight(long number, ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        if (outcome.topic().equals(Topics.DEFAULT.deadLetters())) {
            return false; // every alert of a loop can be read
        }
        Classification said = SingleObject.readClassification(outcome.value());
        latestModel[outcome.partition()] = said.getModelSha256();
        judgedBy.computeIfAbsent(said.getModelSha256(), model -> new BitSet()).set((int) number);
        real.set((int) number, said.getVerdict() == Verdict.REAL);
        return offline.agree(number, said);
    }

    /** Whether the latest outcome of each partition is of that model: as they keep their order, all later ones are too. */
    synchronized boolean isJudgedBy(String sha256) {
        return Arrays.stream(latestModel).allMatch(sha256::equals);
    }

    /** How the alerts from {@code from} on to before {@code to} fared, which the model should have judged. */
    synchronized LifecyclePass pass(String name, String sha256, long from, long to) {
        BitSet byModel = judgedBy.getOrDefault(sha256, new BitSet());
        int sources = 0;
        int found = 0;
        int bogus = 0;
        int mistaken = 0;
        int byAnother = 0;
        for (long number = from; number < to; number++) {
            if (!byModel.get((int) number)) {
                byAnother++;
            }
            int stamp = pool.stampOf(number);
            Candidate candidate = pool.candidate(stamp);
            if (stamp < labelled) {
                continue;
            }
            int calledReal = real.get((int) number) ? 1 : 0;
            if (!candidate.isReal()) {
                bogus++;
                mistaken += calledReal;
            } else if (candidate.signalToNoise() >= FINDABLE) {
                sources++;
                found += calledReal;
            }
        }
        return new LifecyclePass(
                name, sha256, from, to, sources, share(found, sources), share(mistaken, bogus), byAnother);
    }

    private static double share(int part, int whole) {
        return Figures.rounded((double) part / whole);
    }
}
