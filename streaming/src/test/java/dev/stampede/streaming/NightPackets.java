package dev.stampede.streaming;

import dev.stampede.stamps.fits.FitsBytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Packets of a survey that does not exist and lays everything out in its own way: detections in an array, of which the
 * last counts, images as bytes in an array of their own, 100 pixels a side, a map, an enum, unions in records in unions.
 */
public final class NightPackets {
    public static final int SIDE = 100;
    public static final double ARCSEC = 0.5;

    private static final String SURVEY_FILE = """
            survey: NIGHT
            recognise:
              schemas: ["org.night.*.Notice"]
            id: identifier
            objectId: links[0]
            time: {field: "detections[-1].epoch", format: FORMAT, scale: TAI}
            rightAscension: detections[-1].position.ra
            declination: detections[-1].position.dec
            band: {field: filter, names: {CLEAR: w}}
            signalToNoise: {field: "detections[-1].quality.snr"}
            surveyScore: detections[-1].quality.realness
            cutouts:
              science: detections[-1].images[0]
              difference: detections[-1].images[1]
            pixelScaleArcsec: [optics.pixelSize, 9.9]
            """;

    private static final String SCHEMA = """
            {"type": "record", "namespace": "org.night.v2", "name": "Notice", "fields": [
              {"name": "meta", "type": {"type": "map", "values": ["null", "string"]}},
              {"name": "filter", "type": {"type": "enum", "name": "Filter", "symbols": ["NONE", "CLEAR"]}},
              {"name": "detections", "type": ["null", {"type": "array", "items": {
                "type": "record", "name": "Detection", "fields": [
                  {"name": "images", "type": ["null", {"type": "array", "items": ["null", "bytes"]}]},
                  {"name": "position", "type": {"type": "record", "name": "Position", "fields": [
                    {"name": "dec", "type": "double"},
                    {"name": "ra", "type": "double"}]}},
                  {"name": "quality", "type": [{"type": "record", "name": "Quality", "fields": [
                    {"name": "snr", "type": ["null", "double"]},
                    {"name": "realness", "type": ["float", "null"]}]}, "null"]},
                  {"name": "epoch", "type": "double"}]}}]},
              {"name": "links", "type": {"type": "array", "items": "string"}},
              {"name": "optics", "type": ["null", {"type": "record", "name": "Optics", "fields": [
                {"name": "pixelSize", "type": ["null", "float"]}]}]},
              {"name": "identifier", "type": "ID"}]}
            """;

    private NightPackets() {}

    /** The survey's file, with its days counted as JD or MJD. */
    public static String surveyFile(String timeFormat) {
        return SURVEY_FILE.replace("FORMAT", timeFormat);
    }

    /**
     * A packet.
     *
     * @param id a text or a long, and so is the field
     * @param epoch days
     * @param zipped whether its images are
     */
    public static byte[] packet(Object id, double epoch, boolean zipped) {
        Schema schema = new Schema.Parser().parse(SCHEMA.replace("ID", id instanceof Long ? "long" : "string"));
        GenericRecord alert = new GenericData.Record(schema);
        alert.put("meta", Map.of("site", "nowhere"));
        alert.put("filter", new GenericData.EnumSymbol(schema.getField("filter").schema(), "CLEAR"));
        alert.put("links", List.of("an object", "another"));
        GenericRecord optics = new GenericData.Record(
                schema.getField("optics").schema().getTypes().get(1));
        optics.put("pixelSize", (float) ARCSEC);
        alert.put("optics", optics);
        alert.put("identifier", id);
        Schema detection =
                schema.getField("detections").schema().getTypes().get(1).getElementType();
        GenericRecord earlier = detection(detection, epoch - 1, List.of());
        List<ByteBuffer> images = List.of(image(0.5f, zipped), image(0.25f, zipped));
        alert.put("detections", List.of(earlier, detection(detection, epoch, images)));
        return SkyPackets.container(alert);
    }

    private static GenericRecord detection(Schema schema, double epoch, List<ByteBuffer> images) {
        GenericRecord position =
                new GenericData.Record(schema.getField("position").schema());
        position.put("ra", 12.5);
        position.put("dec", -45.25);
        GenericRecord quality = new GenericData.Record(
                schema.getField("quality").schema().getTypes().get(0));
        quality.put("snr", 6.5);
        quality.put("realness", 0.75f);
        GenericRecord detection = new GenericData.Record(schema);
        detection.put("images", images);
        detection.put("position", position);
        detection.put("quality", quality);
        detection.put("epoch", epoch);
        return detection;
    }

    /** Rises along a row by a thousandth a pixel from {@code value} on. */
    private static ByteBuffer image(float value, boolean zipped) {
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = pixel(value, i % SIDE);
        }
        byte[] file = FitsBytes.image(SIDE, SIDE, pixels);
        return ByteBuffer.wrap(zipped ? FitsBytes.gzip(file) : file);
    }

    /** The pixels of column {@code column} of the image of {@code value}: 0.5 science, 0.25 difference. */
    public static float pixel(float value, int column) {
        return value + column / 1000f;
    }
}
