package dev.stampede.streaming.demo;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.StampAlertWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Templates that are made before the demo starts: candidates, some unusable alerts and some undecodable records. */
final class AlertTemplatePool {
    private static final double UNUSABLE_SHARE = 0.03;
    private static final double GARBAGE_SHARE = 0.01;

    /** A model abstains if more than half of the pixels are masked. */
    private static final double MASKED_SHARE = 0.9;

    private static final String SURVEY = "DEMO";
    private static final int GARBAGE_BYTES = 200;

    private final List<Plane> planes;
    private final Random random;
    private final List<AlertTemplate> templates = new ArrayList<>();

    private AlertTemplatePool(List<Plane> planes, long seed) {
        this.planes = planes;
        this.random = new Random(seed);
    }

    /**
     * A pool of {@code size} templates.
     *
     * @param candidates a candidate for each index from 0; called by several threads
     * @param planes the planes of a candidate's stamp, in order
     */
    static AlertTemplatePool of(LongFunction<DemoCandidate> candidates, List<Plane> planes, int size, long seed) {
        AlertTemplatePool pool = new AlertTemplatePool(planes, seed);
        // Simulation is slow and depends only on the index, so it is parallel; the kinds are drawn in order.
        LongStream.range(0, size)
                .parallel()
                .mapToObj(candidates)
                .toList()
                .forEach(candidate -> pool.templates.add(pool.template(candidate)));
        return pool;
    }

    /** Draws a template with equal probabilities. */
    AlertTemplate draw(Random from) {
        return templates.get(from.nextInt(templates.size()));
    }

    private AlertTemplate template(DemoCandidate candidate) {
        double chance = random.nextDouble();
        if (chance < GARBAGE_SHARE) {
            return garbage(candidate.stamp());
        }
        if (chance < GARBAGE_SHARE + UNUSABLE_SHARE) {
            return alert(AlertTemplate.Kind.UNUSABLE, Double.NaN, unusable(candidate.stamp()));
        }
        return candidate.isReal()
                ? alert(AlertTemplate.Kind.REAL, candidate.signalToNoise(), candidate.stamp())
                : alert(AlertTemplate.Kind.BOGUS, Double.NaN, candidate.stamp());
    }

    private AlertTemplate alert(AlertTemplate.Kind kind, double signalToNoise, Stamp stamp) {
        return new AlertTemplate(kind, signalToNoise, encoder(stamp)::apply);
    }

    private Function<String, byte[]> encoder(Stamp stamp) {
        return id -> StampAlertWriter.write(id, SURVEY, planes, stamp);
    }

    private AlertTemplate garbage(Stamp stamp) {
        Function<String, byte[]> valid = encoder(stamp);
        AlertTemplate.Encoder encoder = switch (random.nextInt(4)) {
            case 0 -> id -> null;
            case 1 -> {
                byte[] noise = new byte[GARBAGE_BYTES];
                random.nextBytes(noise);
                yield id -> noise.clone();
            }
            case 2 ->
                id -> {
                    byte[] value = valid.apply(id);
                    return Arrays.copyOf(value, value.length / 2);
                };
            default ->
                id -> {
                    byte[] value = valid.apply(id);
                    value[2] ^= 1; // the first byte of the schema's fingerprint
                    return value;
                };
        };
        return new AlertTemplate(AlertTemplate.Kind.GARBAGE, Double.NaN, encoder);
    }

    private Stamp unusable(Stamp stamp) {
        float[] pixels = new float[stamp.planes() * stamp.height() * stamp.width()];
        stamp.copyTo(pixels, 0);
        switch (random.nextInt(4)) {
            case 0 -> Arrays.fill(pixels, 0f); // blank
            case 1 -> Arrays.fill(pixels, 7f); // flat
            case 2 -> mask(pixels);
            default -> {
                return stamp.centreCrop(Math.min(stamp.height(), stamp.width()) / 2); // too small
            }
        }
        return Stamp.of(stamp.planes(), stamp.height(), stamp.width(), pixels);
    }

    private void mask(float[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            if (random.nextDouble() < MASKED_SHARE) {
                pixels[i] = Float.NaN;
            }
        }
    }
}
