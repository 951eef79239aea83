package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * The alerts of a pool as one writes them who thinks of nothing but Avro: the stamp is an array of floats. Their pixels
 * are those that the stream gets as bytes.
 */
final class ArrayAlerts {
    /** The topic they are on. */
    static final String TOPIC = "alerts-as-arrays";

    static final String ALERT_ID = "alertId";

    /** Channels, rows, columns, one after the other. */
    static final String STAMP = "stamp";

    static final Schema SCHEMA = SchemaBuilder.record("ArrayAlert")
            .namespace(ArrayAlerts.class.getPackageName())
            .fields()
            .requiredString(ALERT_ID)
            .requiredString("survey")
            .requiredDouble("mjd")
            .requiredDouble("rightAscensionDegrees")
            .requiredDouble("declinationDegrees")
            .name(STAMP)
            .type()
            .array()
            .items()
            .floatType()
            .noDefault()
            .endRecord();

    private final BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), SCHEMA);
    private final List<GenericRecord> pool = new ArrayList<>();

    ArrayAlerts(List<Stamp> stamps) {
        for (Stamp stamp : stamps) {
            float[] pixels = new float[stamp.channels() * stamp.height() * stamp.width()];
            stamp.copyTo(pixels, 0);
            List<Float> values = new ArrayList<>(pixels.length);
            for (float pixel : pixels) {
                values.add(pixel);
            }
            GenericData.Record alert = new GenericData.Record(SCHEMA);
            alert.put("survey", "BENCH");
            alert.put("mjd", 60000.0);
            alert.put("rightAscensionDegrees", 0.0);
            alert.put("declinationDegrees", 0.0);
            alert.put(STAMP, values);
            pool.add(alert);
        }
    }

    /** The value of the alert's record. */
    byte[] value(long number) {
        GenericRecord alert = pool.get((int) (number % pool.size()));
        alert.put(ALERT_ID, Long.toString(number));
        try {
            ByteBuffer encoded = encoder.encode(alert);
            byte[] value = new byte[encoded.remaining()];
            encoded.get(value);
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to take an Avro record", e);
        }
    }
}
