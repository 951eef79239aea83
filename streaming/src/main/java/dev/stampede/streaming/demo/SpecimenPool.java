package dev.stampede.streaming.demo;

import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.SingleObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Specimens, made before the clock starts: most are candidates, a few cannot be judged, some cannot even be read. */
final class SpecimenPool {
    private static final double UNUSABLE_SHARE = 0.03;
    private static final double GARBAGE_SHARE = 0.01;

    /** More than half masked is too much for any model. */
    private static final double MASKED_SHARE = 0.9;

    private static final int GARBAGE_BYTES = 200;

    private final List<CoaddKind> channels;
    private final Random random;
    private final List<Specimen> specimens = new ArrayList<>();

    private SpecimenPool(List<CoaddKind> channels, long seed) {
        this.channels = channels;
        this.random = new Random(seed);
    }

    /**
     * A pool of {@code size} specimens.
     *
     * @param candidates a candidate for each index from 0 on; called by several threads
     * @param channels the coadds that a candidate's stamp holds, in order
     */
    static SpecimenPool of(LongFunction<Candidate> candidates, List<CoaddKind> channels, int size, long seed) {
        SpecimenPool pool = new SpecimenPool(channels, seed);
        // Making candidates is the slow part, and each follows from its index alone; what becomes of them is drawn in
        // order.
        LongStream.range(0, size)
                .parallel()
                .mapToObj(candidates)
                .toList()
                .forEach(candidate -> pool.specimens.add(pool.specimen(candidate)));
        return pool;
    }

    /** One of the specimens; each is as likely as any other. */
    Specimen draw(Random from) {
        return specimens.get(from.nextInt(specimens.size()));
    }

    private Specimen specimen(Candidate candidate) {
        double chance = random.nextDouble();
        if (chance < GARBAGE_SHARE) {
            return garbage(candidate.stamp());
        }
        if (chance < GARBAGE_SHARE + UNUSABLE_SHARE) {
            return alert(Specimen.Kind.UNUSABLE, Double.NaN, unusable(candidate.stamp()));
        }
        return candidate.isReal()
                ? alert(Specimen.Kind.REAL, candidate.signalToNoise(), candidate.stamp())
                : alert(Specimen.Kind.BOGUS, Double.NaN, candidate.stamp());
    }

    private Specimen alert(Specimen.Kind kind, double signalToNoise, Stamp stamp) {
        DemoAlert alert = DemoAlert.of(channels, stamp);
        return new Specimen(kind, signalToNoise, id -> SingleObject.write(alert.named(id)));
    }

    private Specimen garbage(Stamp stamp) {
        DemoAlert alert = DemoAlert.of(channels, stamp);
        Specimen.Form form = switch (random.nextInt(4)) {
            case 0 -> id -> null;
            case 1 -> {
                byte[] noise = new byte[GARBAGE_BYTES];
                random.nextBytes(noise);
                yield id -> noise.clone();
            }
            case 2 ->
                id -> {
                    byte[] value = SingleObject.write(alert.named(id));
                    return Arrays.copyOf(value, value.length / 2);
                };
            default ->
                id -> {
                    byte[] value = SingleObject.write(alert.named(id));
                    value[2] ^= 1; // the first byte of the schema's fingerprint
                    return value;
                };
        };
        return new Specimen(Specimen.Kind.GARBAGE, Double.NaN, form);
    }

    private Stamp unusable(Stamp stamp) {
        float[] pixels = new float[stamp.channels() * stamp.height() * stamp.width()];
        stamp.copyTo(pixels, 0);
        switch (random.nextInt(4)) {
            case 0 -> Arrays.fill(pixels, 0f); // blank
            case 1 -> Arrays.fill(pixels, 7f); // flat
            case 2 -> mask(pixels);
            default -> {
                return stamp.centreCrop(Math.min(stamp.height(), stamp.width()) / 2); // too small
            }
        }
        return Stamp.of(stamp.channels(), stamp.height(), stamp.width(), pixels);
    }

    private void mask(float[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            if (random.nextDouble() < MASKED_SHARE) {
                pixels[i] = Float.NaN;
            }
        }
    }
}
