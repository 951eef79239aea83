package dev.stampede.streaming;

import dev.stampede.streaming.wire.GeneratedClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.RandomData;

/** Records with every field at random: optional ones absent or there, every symbol, any number. */
public final class RandomRecords {
    private RandomRecords() {}

    public static <T> List<T> of(Class<T> type, int count, long seed) {
        Schema schema = new GeneratedClasses().getSchema(type);
        List<T> records = new ArrayList<>();
        for (Object generic : new RandomData(new GenericData(), schema, count, seed, true)) {
            records.add(type.cast(specific(schema, generic)));
        }
        return records;
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
