package dev.stampede.streaming;

import dev.stampede.streaming.wire.GeneratedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/**
 * Records with every field at random: optional ones absent or there, every symbol, any number; arrays of pixels in a record
 * and the records in it have the size that is stated.
 */
public final class RandomRecords {
    private static final int MAX_SIDE = 5;

    private RandomRecords() {}

    public static <T> List<T> of(Class<T> type, int count, long seed) {
        Schema schema = new GeneratedClasses().getSchema(type);
        List<T> records = new ArrayList<>();
        for (Object generic : new RandomData(new GenericData(), schema, count, seed, true)) {
            records.add(type.cast(specific(schema, generic)));
        }
        Random random = new Random(seed);
        records.forEach(record -> fitPixels((SpecificRecord) record, random));
        return records;
    }

    private static void fitPixels(SpecificRecord record, Random random) {
        int values = 1;
        for (String size : List.of("planes", "height", "width")) {
            Schema.Field field = record.getSchema().getField(size);
            if (field != null) {
                int number = 1 + random.nextInt(MAX_SIDE);
                record.put(field.pos(), number);
                values *= number;
            }
        }
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value instanceof SpecificRecord nested) {
                fitPixels(nested, random);
            } else if (value instanceof ByteBuffer && record.getSchema().getField("width") != null) {
                byte[] pixels = new byte[values * Float.BYTES];
                random.nextBytes(pixels);
                record.put(field.pos(), ByteBuffer.wrap(pixels));
            }
        }
    }

    private static Object specific(Schema schema, Object generic) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema).write(generic, encoder);
            encoder.flush();
            return new SpecificDatumReader<>(schema, schema, new GeneratedClasses())
                    .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
