package dev.stampede.benchmarks.packets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** The baseline: reads the difference images of ZTF packets as the examples of Avro and nom-tam-fits do. */
final class PlainPackets {
    private final List<byte[]> records = new ArrayList<>();
    private final GenericDatumReader<GenericRecord> reader;
    private BinaryDecoder binary = DecoderFactory.get().binaryDecoder(new byte[0], null);
    private int next;

    /** Reads {@code packets}, container files; those with another schema than the first one are left out. */
    PlainPackets(List<byte[]> packets) {
        try {
            reader = new GenericDatumReader<>(open(packets.get(0)).getSchema());
            for (byte[] packet : packets) {
                DataFileStream<GenericRecord> file = open(packet);
                if (file.getSchema().equals(reader.getSchema())) {
                    ByteBuffer block = file.nextBlock();
                    byte[] record = new byte[block.remaining()];
                    block.get(record);
                    records.add(record);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a packet", e);
        }
    }

    private static DataFileStream<GenericRecord> open(byte[] packet) throws IOException {
        return new DataFileStream<>(new ByteArrayInputStream(packet), new GenericDatumReader<>());
    }

    /** The image of the next record, whose schema is known and whose container is removed: an array of rows. */
    Object readNext() {
        try {
            next = (next + 1) % records.size();
            binary = DecoderFactory.get().binaryDecoder(records.get(next), binary);
            GenericRecord cutout = (GenericRecord) reader.read(null, binary).get("cutoutDifference");
            ByteBuffer bytes = (ByteBuffer) cutout.get("stampData");
            byte[] image = new byte[bytes.remaining()];
            bytes.get(image);
            try (Fits fits = new Fits(new ByteArrayInputStream(image))) {
                return fits.readHDU().getKernel();
            }
        } catch (IOException | FitsException e) {
            throw new IllegalStateException("Cannot read a packet", e);
        }
    }
}
