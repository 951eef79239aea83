package dev.stampede.benchmarks.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.Coadd;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.demo.Candidate;
import dev.stampede.streaming.demo.SimulatedCandidates;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.publish.StampAlertWriter;
import java.util.List;
import java.util.stream.LongStream;

/** Simulated alerts without end: a fixed number of stamps, each sent again and again under a new id. Thread-safe. */
final class AlertPool {
    private static final String SURVEY = "BENCH";

    private final List<Candidate> candidates;
    private final List<Stamp> stamps;
    private final List<List<Coadd>> coadds;

    private AlertPool(List<Candidate> candidates, List<List<Coadd>> coadds) {
        this.candidates = candidates;
        this.stamps = candidates.stream().map(Candidate::stamp).toList();
        this.coadds = coadds;
    }

    /** A pool of {@code size} stamps with the coadds {@code channels}. */
    static AlertPool of(List<CoaddKind> channels, int size, long seed) {
        List<Candidate> candidates = LongStream.range(0, size)
                .parallel()
                .mapToObj(SimulatedCandidates.of(channels, seed))
                .toList();
        return new AlertPool(
                candidates,
                candidates.stream()
                        .map(candidate -> StampAlertWriter.coadds(channels, candidate.stamp()))
                        .toList());
    }

    List<Stamp> stamps() {
        return stamps;
    }

    /** What the stamp of that place truly is. */
    Candidate candidate(int stamp) {
        return candidates.get(stamp);
    }

    /** Which of the stamps the alert of {@code number} carries. */
    int stampOf(long number) {
        return (int) (number % candidates.size());
    }

    /** The key of the alert's record. */
    static byte[] key(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    /** The number whose key this is. */
    static long number(byte[] key) {
        return Long.parseLong(new String(key, UTF_8));
    }

    /** The value of the alert's record. */
    byte[] value(long number) {
        return SingleObject.write(StampAlertWriter.alert(Long.toString(number), SURVEY, coadds.get(stampOf(number))));
    }
}
