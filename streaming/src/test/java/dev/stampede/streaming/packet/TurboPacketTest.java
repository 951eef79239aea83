package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.survey.SurveyCatalogue;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** A packet with the names and types of TURBO's public sample packets, schema 0.1. */
class TurboPacketTest {
    /** With the defaults of the sample packets, which contradict their types. */
    private static final Schema SCHEMA =
            new Schema.Parser().setValidateDefaults(false).parse("""
            {"type": "record", "namespace": "turbo", "name": "alert", "fields": [
              {"name": "objectId", "type": "string"},
              {"name": "candid", "type": "long"},
              {"name": "candidate", "type":
                {"type": "record", "namespace": "turbo.alert", "name": "candidate", "fields": [
                  {"name": "jd", "type": "double"},
                  {"name": "fid", "type": "int", "default": null},
                  {"name": "isdiffpos", "type": ["float"]},
                  {"name": "ra", "type": "double"},
                  {"name": "dec", "type": "double"},
                  {"name": "rb", "type": ["float", "null"], "default": null},
                  {"name": "ssdistnr", "type": ["float", "null"], "default": null},
                  {"name": "ssnamenr", "type": ["string", "null"], "default": null},
                  {"name": "scorr", "type": ["double", "null"], "default": null}]}},
              {"name": "cutoutScience", "type": "bytes", "default": null},
              {"name": "cutoutTemplate", "type": "bytes", "default": null},
              {"name": "cutoutDifference", "type": "bytes", "default": null}]}
            """);

    private static GenericRecord packet() {
        GenericRecord candidate =
                new GenericData.Record(SCHEMA.getField("candidate").schema());
        candidate.put("jd", 2_459_377.75);
        candidate.put("fid", 1);
        candidate.put("isdiffpos", 1f);
        candidate.put("ra", 285.882752);
        candidate.put("dec", 10.3545121);
        candidate.put("rb", 0.5f);
        candidate.put("ssdistnr", 0.75f);
        candidate.put("ssnamenr", "2021 AB");
        candidate.put("scorr", 12.5);
        GenericRecord packet = new GenericData.Record(SCHEMA);
        packet.put("objectId", "an object");
        packet.put("candid", 9_007_199_254_740_993L);
        packet.put("candidate", candidate);
        packet.put("cutoutScience", ByteBuffer.wrap(SkyPackets.image(1)));
        packet.put("cutoutTemplate", ByteBuffer.wrap(SkyPackets.image(2)));
        packet.put("cutoutDifference", ByteBuffer.wrap(SkyPackets.image(3)));
        return packet;
    }

    @Test
    void readsItsFieldsAndItsThreeCutouts() {
        AlertDecoder decoder = SkyPackets.input(SurveyCatalogue.shipped(), id -> Optional.empty())
                .newDecoder(List.of(Plane.SCIENCE, Plane.TEMPLATE, Plane.DIFFERENCE));
        assertThat(decoder.decode(SkyPackets.container(packet()))).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.survey()).isEqualTo("TURBO");
            assertThat(alert.id()).isEqualTo("9007199254740993");
            assertThat(alert.objectId()).contains("an object");
            assertThat(alert.mjd()).hasValue(59_377.25);
            assertThat(alert.timeScale()).isEqualTo(TimeScale.UTC);
            assertThat(alert.position()).contains(new SkyPosition(285.882752, 10.3545121));
            assertThat(alert.signalToNoise()).hasValue(12.5);
            assertThat(alert.surveyScore()).hasValue(0.5);
            Stamp stamp = alert.stamp().orElseThrow();
            for (int plane = 0; plane < 3; plane++) {
                assertThat(stamp.pixel(plane, 0, 0)).isEqualTo(plane + 1f);
            }
        });
    }
}
