package dev.stampede.benchmarks.bench;

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

/** Reads the difference images of ZTF packets as Avro's and nom-tam-fits' own examples do. */
final class PlainPackets {
    private final List<byte[]> records = new ArrayList<>();
    private final GenericDatumReader<GenericRecord> reader;
    private BinaryDecoder binary = DecoderFactory.get().binaryDecoder(new byte[0], null);
    private int next;

    /** For {@code packets}, container files; those whose schema is not the first one's are left out. */
    PlainPackets(List<byte[]> packets) {
        reader = new GenericDatumReader<>(open(packets.get(0)).getSchema());
        for (byte[] packet : packets) {
            DataFileStream<GenericRecord> file = open(packet);
            if (file.getSchema().equals(reader.getSchema())) {
                records.add(block(file));
            }
        }
    }

    private static DataFileStream<GenericRecord> open(byte[] packet) {
        try {
            return new DataFileStream<>(new ByteArrayInputStream(packet), new GenericDatumReader<>());
        } catch (IOException e) {
            throw new UncheckedIOException("a packet is no container file", e);
        }
    }

    private static byte[] block(DataFileStream<GenericRecord> file) {
        try {
            ByteBuffer block = file.nextBlock();
            byte[] record = new byte[block.remaining()];
            block.get(record);
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException("a packet cannot be read", e);
        }
    }

    /** The next record, its schema known beforehand and its container taken off; then its image. */
    Object readNext() {
        try {
            next = (next + 1) % records.size();
            binary = DecoderFactory.get().binaryDecoder(records.get(next), binary);
            return image(reader.read(null, binary));
        } catch (IOException e) {
            throw new UncheckedIOException("a packet cannot be read", e);
        }
    }

    private static Object image(GenericRecord packet) throws IOException {
        ByteBuffer bytes = (ByteBuffer) ((GenericRecord) packet.get("cutoutDifference")).get("stampData");
        byte[] image = new byte[bytes.remaining()];
        bytes.get(image);
        try (Fits fits = new Fits(new ByteArrayInputStream(image))) {
            return fits.readHDU().getKernel();
        } catch (FitsException e) {
            throw new IOException("an image cannot be read", e);
        }
    }
}
