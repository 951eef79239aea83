package dev.stampede.systemtests.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.demo.DemoCandidate;
import dev.stampede.streaming.demo.SimulatedCandidates;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.streaming.wire.SingleObject;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.avro.Schema;

/** An endless supply of simulated alerts: a fixed set of stamps, repeated under new ids. Thread-safe. */
public final class AlertPool {
    private static final long SEED = 1;
    private static final int UNDECODABLE_BYTES = 300;

    private final String survey;
    private final List<Plane> planes;
    private final List<DemoCandidate> candidates;
    private final List<Stamp> stamps;

    private AlertPool(String survey, List<Plane> planes, List<DemoCandidate> candidates) {
        this.survey = survey;
        this.planes = planes;
        this.candidates = candidates;
        this.stamps = candidates.stream().map(DemoCandidate::stamp).toList();
    }

    /** A pool of {@code size} stamps with the coadds {@code planes}. */
    public static AlertPool of(List<Plane> planes, int size, long seed) {
        List<DemoCandidate> candidates = LongStream.range(0, size)
                .parallel()
                .mapToObj(SimulatedCandidates.of(planes, seed))
                .toList();
        return new AlertPool("BENCH", planes, candidates);
    }

    /** The same with a fixed seed. */
    public static AlertPool of(List<Plane> planes, int size) {
        return of(planes, size, SEED);
    }

    /** The same stamps as another survey would send them, with a gain that is {@code gain} times as high. */
    public AlertPool amplified(float gain) {
        return new AlertPool(
                "AMPLIFIED",
                planes,
                candidates.stream()
                        .map(each ->
                                new DemoCandidate(amplified(each.stamp(), gain), each.isReal(), each.signalToNoise()))
                        .toList());
    }

    private static Stamp amplified(Stamp stamp, float gain) {
        float[] pixels = new float[stamp.planes() * stamp.height() * stamp.width()];
        stamp.copyTo(pixels, 0);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] *= gain;
        }
        return Stamp.of(stamp.planes(), stamp.height(), stamp.width(), pixels);
    }

    public List<Stamp> stamps() {
        return stamps;
    }

    /** The candidate of a stamp with its true class. */
    public DemoCandidate candidate(int stamp) {
        return candidates.get(stamp);
    }

    /** The index of the stamp that alert {@code number} carries. */
    public int stampOf(long number) {
        return (int) (number % candidates.size());
    }

    /** The record key of an alert. */
    public static byte[] key(long number) {
        return Long.toString(number).getBytes(UTF_8);
    }

    /** The alert number of a record key. */
    public static long number(byte[] key) {
        return Long.parseLong(new String(key, UTF_8));
    }

    /** The record value of an alert. */
    public byte[] value(long number) {
        return StampAlertWriter.write(Long.toString(number), survey, planes, stamps.get(stampOf(number)));
    }

    /** Alerts of known objects, whose search states an S/N of {@code signalToNoise}: sources at least as bright, or noise. */
    public LongFunction<byte[]> knownObjects(double signalToNoise, boolean areReal) {
        List<DemoCandidate> chosen = candidates.stream()
                .filter(each -> areReal ? each.isReal() && each.signalToNoise() >= signalToNoise : !each.isReal())
                .toList();
        return number -> {
            Stamp stamp = chosen.get((int) (number % chosen.size())).stamp();
            StampAlert alert = StampAlertWriter.alert(Long.toString(number), survey, planes, stamp);
            Schema schema = alert.getSchema();
            alert.put(schema.getField("ssObjectId").pos(), Long.toString(number));
            alert.put(schema.getField("likelihood").pos(), signalToNoise);
            return SingleObject.write(alert);
        };
    }

    /** Random bytes, which are no alert. */
    public static byte[] undecodable(long number) {
        byte[] value = new byte[UNDECODABLE_BYTES];
        new Random(number).nextBytes(value);
        return value;
    }
}
