package dev.stampede.streaming.packet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.registry.SchemaId;
import dev.stampede.streaming.registry.SchemaSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** A second, plain reading of packets: all fields, by Avro alone, and the image by {@link PlainFits}. */
public final class PlainPacket {
    private PlainPacket() {}

    /** Every real packet with a difference image: the file, and the path of that image. */
    public static Stream<Arguments> real() {
        return Stream.of(
                Arguments.of("ztf/472263571115115000.avro", "cutoutDifference.stampData"),
                Arguments.of("ztf/2019_01_10_739260766315010006.avro", "cutoutDifference.stampData"),
                Arguments.of("ztf/ccd_edge_1288_nan_pixels.avro", "cutoutDifference.stampData"),
                Arguments.of("ztf/snappy_codec.avro", "cutoutDifference.stampData"),
                Arguments.of("decam/decam_alert.avro", "cutoutDifference"),
                Arguments.of("winter/winter_alert.avro", "cutout_difference"),
                Arguments.of("pgir/pgir_alerts_20210629_114297926.avro", "cutoutDifference"),
                Arguments.of("atlas/ATLAS_samples_02a59543o0040o_006230.avro", "cutoutDifference.stampData"),
                Arguments.of("rubin/169813006129561655.reencoded_v10_0.confluent.avro", "cutoutDifference"),
                Arguments.of("rubin/169813006198767621.reencoded_v10_0.confluent.avro", "cutoutDifference"));
    }

    /** The middle {@code size} x {@code size} pixels of the image in the field {@code cutout}. */
    public static Stamp stamp(byte[] packet, String cutout, SchemaSource schemas, int size) throws IOException {
        PlainFits image = PlainFits.read(bytes(read(packet, schemas), cutout));
        float[] pixels = new float[size * size];
        int top = image.height() / 2 - size / 2;
        int left = image.width() / 2 - size / 2;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = image.pixel(top + i / size, left + i % size);
        }
        return Stamp.of(1, size, size, pixels);
    }

    static GenericRecord read(byte[] packet, SchemaSource schemas) throws IOException {
        if (packet[0] == 0) {
            Schema schema = schemas.find(
                            new SchemaId.Numbered(ByteBuffer.wrap(packet).getInt(1)))
                    .orElseThrow();
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(packet, 5, packet.length - 5, null));
        }
        // One survey names a field twice, which Avro refuses: the second gets another name of the same length.
        String file = new String(packet, ISO_8859_1);
        int twice = file.indexOf("\"sgmag1\"", file.indexOf("\"sgmag1\"") + 1);
        if (file.contains("winter") && twice > 0) {
            file = file.substring(0, twice) + "\"sgmagX\"" + file.substring(twice + 8);
        }
        try (DataFileStream<GenericRecord> stream =
                new DataFileStream<>(new ByteArrayInputStream(file.getBytes(ISO_8859_1)), new GenericDatumReader<>())) {
            return stream.next();
        }
    }

    static @Nullable Object field(GenericRecord record, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return record.hasField(path) ? record.get(path) : null;
        }
        return field((GenericRecord) present(record, path.substring(0, dot)), path.substring(dot + 1));
    }

    static Object present(GenericRecord record, String path) {
        return Objects.requireNonNull(field(record, path), path);
    }

    static double number(GenericRecord record, String path) {
        return ((Number) present(record, path)).doubleValue();
    }

    static byte[] bytes(GenericRecord record, String path) {
        ByteBuffer buffer = ((ByteBuffer) present(record, path)).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
