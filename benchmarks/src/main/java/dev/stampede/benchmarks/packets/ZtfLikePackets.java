package dev.stampede.benchmarks.packets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Simulated packets of the layout of ZTF: a container file of about 66 KB with a schema of about a hundred documented
 * fields, thirty earlier detections, and three gzipped images of 63x63 float32 pixels of noise, which compress as poorly
 * as sky.
 */
final class ZtfLikePackets {
    private static final int SIDE = 63;
    private static final int EARLIER_DETECTIONS = 30;
    private static final int FURTHER_FIELDS = 95;
    private static final int FITS_BLOCK = 2880;
    private static final String DETECTION_FIELDS = """
            {"name": "jd", "type": "double", "doc": "Observation Julian date at start of exposure [days]"},
            {"name": "fid", "type": "int", "doc": "Filter ID (1=g; 2=R; 3=i)"},
            {"name": "rcid", "type": ["int", "null"], "doc": "Readout plane ID [00 .. 63]"},
            {"name": "ra", "type": "double", "doc": "Right Ascension of candidate; J2000 [deg]"},
            {"name": "dec", "type": "double", "doc": "Declination of candidate; J2000 [deg]"},
            {"name": "magpsf", "type": "float", "doc": "Magnitude from PSF-fit photometry [mag]"},
            {"name": "scorr", "type": ["double", "null"], "doc": "Peak-pixel signal-to-noise ratio"},
            {"name": "rb", "type": ["float", "null"], "doc": "RealBogus quality score"},
            {"name": "drb", "type": ["float", "null"], "doc": "RealBogus quality score from a deep network"}
            """;

    private final Random random;
    private final Schema schema = schema();

    private ZtfLikePackets(long seed) {
        random = new Random(seed);
    }

    /** {@code count} packets; the same seed gives the same. */
    static List<byte[]> of(int count, long seed) {
        ZtfLikePackets packets = new ZtfLikePackets(seed);
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(packets.packet(i));
        }
        return values;
    }

    private static Schema schema() {
        StringBuilder fields = new StringBuilder(DETECTION_FIELDS);
        for (int i = 0; i < FURTHER_FIELDS; i++) {
            fields.append(String.format(
                    Locale.ROOT,
                    ",{\"name\": \"quantity%d\", \"type\": [\"%s\", \"null\"], \"doc\": \"Quantity %d of the detection, from"
                            + " the photometry of the difference image [arbitrary units]\"}",
                    i,
                    List.of("float", "double", "long").get(i % 3),
                    i));
        }
        String cutout = "{\"type\": \"record\", \"name\": \"cutout\", \"fields\": [{\"name\": \"fileName\", \"type\":"
                + " \"string\"}, {\"name\": \"stampData\", \"type\": \"bytes\"}]}";
        return new Schema.Parser().parse("""
                {"type": "record", "namespace": "ztf", "name": "alert", "fields": [
                  {"name": "schemavsn", "type": "string"},
                  {"name": "publisher", "type": "string"},
                  {"name": "objectId", "type": "string"},
                  {"name": "candid", "type": "long"},
                  {"name": "candidate", "type": {"type": "record", "name": "candidate", "fields": [%s]}},
                  {"name": "prv_candidates", "type": [{"type": "array", "items": "ztf.candidate"}, "null"]},
                  {"name": "cutoutScience", "type": [%s, "null"]},
                  {"name": "cutoutTemplate", "type": ["ztf.cutout", "null"]},
                  {"name": "cutoutDifference", "type": ["ztf.cutout", "null"]}]}
                """.formatted(fields, cutout));
    }

    private byte[] packet(int number) {
        GenericRecord alert = new GenericData.Record(schema);
        alert.put("schemavsn", "3.3");
        alert.put("publisher", "a simulation");
        alert.put("objectId", "ZTF26simula" + number);
        alert.put("candid", 3_300_000_000_000_000_000L + number);
        alert.put("candidate", detection(1));
        List<GenericRecord> earlier = new ArrayList<>();
        for (int i = 0; i < EARLIER_DETECTIONS; i++) {
            earlier.add(detection(0.3)); // upper limits have few fields
        }
        alert.put("prv_candidates", earlier);
        alert.put("cutoutScience", cutout(150));
        alert.put("cutoutTemplate", cutout(150));
        alert.put("cutoutDifference", cutout(0));
        return container(alert);
    }

    /** @param filled the share of further fields that are not null */
    private GenericRecord detection(double filled) {
        GenericRecord detection =
                new GenericData.Record(schema.getField("candidate").schema());
        detection.put("jd", 2_461_000 + random.nextDouble());
        detection.put("fid", 1 + random.nextInt(3));
        detection.put("rcid", random.nextInt(64));
        detection.put("ra", 360 * random.nextDouble());
        detection.put("dec", 90 * random.nextDouble());
        detection.put("magpsf", 20 * random.nextFloat());
        detection.put("scorr", 5 + 5 * random.nextDouble());
        detection.put("rb", random.nextFloat());
        detection.put("drb", random.nextFloat());
        for (int i = 0; i < FURTHER_FIELDS; i++) {
            if (random.nextDouble() < filled) {
                detection.put("quantity" + i, quantity(i % 3));
            }
        }
        return detection;
    }

    private Object quantity(int type) {
        return switch (type) {
            case 0 -> random.nextFloat();
            case 1 -> random.nextDouble();
            default -> (long) random.nextInt(1 << 20);
        };
    }

    private GenericRecord cutout(float sky) {
        GenericRecord cutout = new GenericData.Record(
                schema.getField("cutoutScience").schema().getTypes().get(0));
        cutout.put("fileName", "candid_pid-12345_targ_sci.fits.gz");
        cutout.put("stampData", ByteBuffer.wrap(gzip(image(sky))));
        return cutout;
    }

    private byte[] image(float sky) {
        String header = Stream.of(
                        "SIMPLE  =                    T",
                        "BITPIX  =                  -32",
                        "NAXIS   =                    2",
                        "NAXIS1  =                   " + SIDE,
                        "NAXIS2  =                   " + SIDE,
                        "END")
                .map(card -> String.format("%-80s", card))
                .collect(Collectors.joining());
        int padded = (SIDE * SIDE * Float.BYTES + FITS_BLOCK - 1) / FITS_BLOCK * FITS_BLOCK;
        ByteBuffer file = ByteBuffer.allocate(FITS_BLOCK + padded);
        file.put(String.format("%-" + FITS_BLOCK + "s", header).getBytes(US_ASCII));
        for (int i = 0; i < SIDE * SIDE; i++) {
            file.putFloat((float) (sky + 12 * random.nextGaussian()));
        }
        return file.array();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to memory", e);
        }
        return zipped.toByteArray();
    }

    private byte[] container(GenericRecord alert) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file);
            writer.append(alert);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to memory", e);
        }
        return file.toByteArray();
    }
}
