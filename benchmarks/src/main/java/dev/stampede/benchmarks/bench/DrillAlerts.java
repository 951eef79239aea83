package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.publish.StampAlertWriter;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;

/** What a drill sends. */
final class DrillAlerts {
    private static final int POOL_SIZE = 500;
    private static final long SEED = 1;
    private static final int GARBAGE_BYTES = 300;

    private final List<CoaddKind> channels;
    private final AlertPool pool;

    private DrillAlerts(List<CoaddKind> channels, AlertPool pool) {
        this.channels = channels;
        this.pool = pool;
    }

    /** Alerts with the coadds that {@code model} looks at. */
    static DrillAlerts of(ModelFile model) {
        try (StampClassifier classifier = StampClassifier.open(model)) {
            List<CoaddKind> channels = classifier.contract().channels();
            return new DrillAlerts(channels, AlertPool.of(channels, POOL_SIZE, SEED));
        }
    }

    /** As the demo sends them. */
    LongFunction<byte[]> good() {
        return pool::value;
    }

    /** Random bytes. */
    static LongFunction<byte[]> garbage() {
        return number -> {
            byte[] value = new byte[GARBAGE_BYTES];
            new Random(number).nextBytes(value);
            return value;
        };
    }

    /** The same stamps of another survey, whose gain is {@code gain} times as high. */
    LongFunction<byte[]> amplified(float gain) {
        List<Stamp> stamps =
                pool.stamps().stream().map(stamp -> amplified(stamp, gain)).toList();
        return number -> StampAlertWriter.write(
                Long.toString(number), "AMPLIFIED", channels, stamps.get((int) (number % stamps.size())));
    }

    private static Stamp amplified(Stamp stamp, float gain) {
        float[] pixels = new float[stamp.channels() * stamp.height() * stamp.width()];
        int next = 0;
        for (int channel = 0; channel < stamp.channels(); channel++) {
            for (int row = 0; row < stamp.height(); row++) {
                for (int column = 0; column < stamp.width(); column++) {
                    pixels[next++] = gain * stamp.pixel(channel, row, column);
                }
            }
        }
        return Stamp.of(stamp.channels(), stamp.height(), stamp.width(), pixels);
    }
}
