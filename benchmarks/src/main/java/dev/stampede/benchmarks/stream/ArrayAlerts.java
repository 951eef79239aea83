package dev.stampede.benchmarks.stream;

import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/** The alerts of a pool in the most direct Avro encoding, whose stamp is an array of floats. */
final class ArrayAlerts {
    static final String TOPIC = "alerts-as-arrays";
    static final String ALERT_ID = "alertId";
    /** Channels, rows, columns; the last varies fastest. */
    static final String STAMP = "stamp";

    static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "ArrayAlert", "namespace": "dev.stampede.benchmarks", "fields": [
              {"name": "alertId", "type": "string"},
              {"name": "survey", "type": "string"},
              {"name": "mjd", "type": "double"},
              {"name": "rightAscensionDegrees", "type": "double"},
              {"name": "declinationDegrees", "type": "double"},
              {"name": "stamp", "type": {"type": "array", "items": "float"}}]}
            """);

    private final BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), SCHEMA);
    private final List<GenericRecord> pool = new ArrayList<>();

    ArrayAlerts(List<Stamp> stamps) {
        for (Stamp stamp : stamps) {
            float[] pixels = new float[stamp.planes() * stamp.height() * stamp.width()];
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

    /** The record value of an alert. */
    byte[] value(long number) {
        GenericRecord alert = pool.get((int) (number % pool.size()));
        alert.put(ALERT_ID, Long.toString(number));
        return encode(encoder, alert);
    }

    static byte[] encode(BinaryMessageEncoder<GenericRecord> encoder, GenericRecord record) {
        try {
            ByteBuffer encoded = encoder.encode(record);
            byte[] value = new byte[encoded.remaining()];
            encoded.get(value);
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode an Avro record", e);
        }
    }
}
