package dev.stampede.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.fits.FitsBytes;
import dev.stampede.streaming.packet.InputFormat;
import dev.stampede.streaming.packet.OutOfDomain;
import dev.stampede.streaming.packet.PacketInput;
import dev.stampede.streaming.packet.PlaneMapping;
import dev.stampede.streaming.packet.Resizing;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Packets of a survey that does not exist, in every framing, and the file that describes it. */
public final class SkyPackets {
    public static final int SIDE = 25;

    public static final String SURVEY_FILE = """
            survey: SKY
            recognise:
              schemas: ["sky.v*.alert"]
              fields: [seen.when]
            id: number
            objectId: [name, oldName]
            time: {field: seen.when, format: JD, scale: UTC}
            rightAscension: seen.ra
            declination: seen.dec
            band: {field: seen.filter, names: {1: g, 2: r}}
            signalToNoise: {flux: seen.flux, error: seen.fluxError}
            surveyScore: [seen.newScore, seen.score]
            cutouts:
              difference: difference
              science: science.bytes
            """;

    public static final String SCHEMA_JSON = """
            {"type": "record", "namespace": "sky.v1", "name": "alert", "fields": [
              {"name": "number", "type": "long"},
              {"name": "name", "type": ["null", "string"], "default": null},
              {"name": "history", "type": {"type": "array", "items": {"type": "map", "values": "double"}}},
              {"name": "seen", "type": {"type": "record", "name": "seen", "fields": [
                {"name": "when", "type": "double"},
                {"name": "ra", "type": ["null", "double"]},
                {"name": "dec", "type": "double"},
                {"name": "filter", "type": "int"},
                {"name": "flux", "type": "float"},
                {"name": "fluxError", "type": ["null", "float"]},
                {"name": "score", "type": ["float", "null"], "default": null}]}},
              {"name": "science", "type": ["null", {"type": "record", "name": "cutout", "fields": [
                {"name": "bytes", "type": "bytes"}]}]},
              {"name": "difference", "type": ["null", "bytes"]}]}
            """;

    private SkyPackets() {}

    public static Schema schema() {
        return new Schema.Parser().setValidateDefaults(false).parse(SCHEMA_JSON);
    }

    /** The catalogue with the survey in it; writes its file to {@code folder}. */
    public static SurveyCatalogue catalogue(Path folder) {
        return SurveyCatalogue.with(List.of(surveyFile(folder)));
    }

    public static Path surveyFile(Path folder) {
        try {
            return Files.writeString(folder.resolve("sky.yaml"), SURVEY_FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static PacketInput input(SurveyCatalogue surveys, SchemaSource schemas) {
        return new PacketInput(
                InputFormat.AUTO, PlaneMapping.DEFAULT, Resizing.CROP, OutOfDomain.ABSTAIN, surveys, schemas, 1 << 20);
    }

    /** A square image of one value, but for its middle. */
    public static byte[] image(float value) {
        float[] pixels = new float[SIDE * SIDE];
        Arrays.fill(pixels, value);
        pixels[pixels.length / 2] = 9;
        return FitsBytes.gzip(FitsBytes.image(SIDE, SIDE, pixels));
    }

    /** A good packet, but for what {@code change} does to it. */
    public static GenericRecord record(Schema schema, Consumer<GenericRecord> change) {
        GenericRecord observed = new GenericData.Record(schema.getField("seen").schema());
        observed.put("when", 2_460_000.75);
        observed.put("ra", 216.5);
        observed.put("dec", -13.25);
        observed.put("filter", 2);
        observed.put("flux", 30f);
        observed.put("fluxError", 4f);
        observed.put("score", 0.75f);
        Schema science = schema.getField("science").schema().getTypes().get(1);
        GenericRecord image = new GenericData.Record(science);
        image.put("bytes", ByteBuffer.wrap(image(0.5f)));
        GenericRecord alert = new GenericData.Record(schema);
        alert.put("number", 169_813_006_129_561_655L);
        alert.put("name", "an object");
        alert.put("history", List.of());
        alert.put("seen", observed);
        alert.put("science", image);
        alert.put("difference", ByteBuffer.wrap(image(0.25f)));
        change.accept(alert);
        return alert;
    }

    public static GenericRecord record() {
        return record(schema(), alert -> {});
    }

    /** In an object container file. */
    public static byte[] container(CodecFactory codec, GenericRecord... alerts) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.setCodec(codec).create(alerts[0].getSchema(), file);
            for (GenericRecord alert : alerts) {
                writer.append(alert);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    /** The same with each alert in a separate block. */
    public static byte[] containerOfBlocks(CodecFactory codec, GenericRecord... alerts) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.setCodec(codec).create(alerts[0].getSchema(), file);
            for (GenericRecord alert : alerts) {
                writer.append(alert);
                writer.sync();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    public static byte[] container(GenericRecord alert) {
        return container(CodecFactory.nullCodec(), alert);
    }

    /** In Confluent's framing, {@code binary} as it is. */
    public static byte[] confluent(int id, byte[] binary) {
        return ByteBuffer.allocate(5 + binary.length)
                .put((byte) 0)
                .putInt(id)
                .put(binary)
                .array();
    }

    /** In Confluent's framing. */
    public static byte[] confluent(int id, GenericRecord alert) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(value, null);
        try {
            new GenericDatumWriter<GenericRecord>(alert.getSchema()).write(alert, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return confluent(id, value.toByteArray());
    }

    /** An object container file of any schema and any bytes after it. */
    public static byte[] container(String schema, byte[] binary) {
        return container(schema, binary, 1);
    }

    /** The same with a block that states any number of alerts. */
    public static byte[] container(String schema, byte[] binary, long alerts) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(file, null);
        byte[] sync = new byte[16];
        try {
            file.write(new byte[] {'O', 'b', 'j', 1});
            encoder.writeLong(2);
            encoder.writeString("avro.schema");
            encoder.writeBytes(schema.getBytes(UTF_8));
            encoder.writeString("avro.codec");
            encoder.writeBytes("null".getBytes(UTF_8));
            encoder.writeLong(0);
            file.write(sync);
            encoder.writeLong(alerts);
            encoder.writeBytes(binary);
            file.write(sync);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
