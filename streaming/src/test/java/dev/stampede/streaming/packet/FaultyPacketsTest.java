package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.registry.SchemaFolder;
import dev.stampede.streaming.registry.SchemaId;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import dev.stampede.streaming.survey.WriterSchema;
import dev.stampede.streaming.wire.ContainerFile;
import dev.stampede.streaming.wire.CorruptPacketException;
import dev.stampede.streaming.wire.ErrorClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that people of brokers and pipelines met. */
class FaultyPacketsTest {
    private static final int MAX_BYTES = 16 << 20;

    private static final SchemaSource NEVER_ASKED = id -> {
        throw new AssertionError("asked for " + id);
    };

    private final Path faults = RealData.folder("faults");

    private static Decoded decode(Path file, Padding padding) {
        try {
            return PacketInput.standard(MAX_BYTES)
                    .newDecoder(new ModelContract.Input(List.of(Plane.MEDIAN), 21), Domain.any(), padding)
                    .decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cutout_multi_member_gzip", "cutout_extension_without_padding", "cutout_tile_compressed_GZIP_1"})
    void readsTheSamePixelsHoweverTheFitsFileIsWritten(String name) {
        Decoded control = decode(RealData.folder("packets").resolve("ztf/472263571115115000.avro"), Padding.NONE);
        assertThat(decode(faults.resolve("ztf/" + name + ".avro"), Padding.NONE))
                .isInstanceOfSatisfying(
                        Alert.class,
                        alert -> assertThat(alert.stamp()).isPresent().isEqualTo(((Alert) control).stamp()));
    }

    @Test
    void abstainsFromACutOffImageThatDoesNotTellWhereItsSourceIs() {
        Path file = faults.resolve("ztf/cutout_edge_43_rows.avro");
        assertThat(decode(file, Padding.NONE))
                .isInstanceOfSatisfying(
                        Alert.class,
                        alert -> assertThat(alert.abstention()).hasValueSatisfying(abstained -> {
                            assertThat(abstained.reason()).isEqualTo(Abstention.CUT_OFF);
                            assertThat(abstained.detail()).contains("63x43 pixels");
                        }));
        assertThat(decode(file, Padding.parse("corner:1e-9:after")))
                .isInstanceOfSatisfying(
                        Alert.class,
                        alert -> assertThat(alert.stamp())
                                .hasValueSatisfying(
                                        stamp -> assertThat(stamp.height()).isEqualTo(43)));
    }

    private static byte[] bytes(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    private static PacketInput input(InputFormat format, SchemaSource schemas) {
        return new PacketInput(
                format,
                PlaneMapping.DEFAULT,
                Resizing.CROP,
                OutOfDomain.ABSTAIN,
                SurveyCatalogue.shipped(),
                schemas,
                MAX_BYTES);
    }

    @Test
    void readsBareAvroBySchemaInTheRecordKey() throws IOException {
        byte[] key = bytes(faults.resolve("fink/live_key_schema.json"));
        byte[] value = bytes(faults.resolve("fink/live_value_bare_avro.bin"));
        AlertRecord record = new AlertRecord(key, value, null);
        AlertDecoder byKey = input(InputFormat.SCHEMA_IN_KEY, NEVER_ASKED).newDecoder(List.of(Plane.MEDIAN));
        assertThat(byKey.decode(record)).isInstanceOfSatisfying(Alert.class, alert -> {
            assertThat(alert.survey()).isEqualTo("ZTF");
            assertThat(alert.objectId()).contains("ZTF26aamcbly");
            assertThat(alert.stamp()).isPresent();
        });
        assertThat(byKey.decode(value)).isInstanceOf(DeadLetter.class);
        assertThat(byKey.decode(new AlertRecord(new byte[] {1, 2}, value, null)))
                .isInstanceOf(DeadLetter.class);
        AlertDecoder detected = input(InputFormat.AUTO, NEVER_ASKED).newDecoder(List.of(Plane.MEDIAN));
        for (AlertRecord one : List.of(record, AlertRecord.of(value))) {
            assertThat(detected.decode(one)).isInstanceOfSatisfying(DeadLetter.class, letter -> {
                assertThat(letter.error()).isEqualTo(ErrorClass.UNKNOWN_FRAMING);
                assertThat(letter.message()).contains("input.format=schema-in-key");
            });
        }
    }

    @Test
    void namesTheFramingOfApicurioAndRejectsIdsThatCannotBeOne() {
        AlertDecoder decoder = input(InputFormat.AUTO, NEVER_ASKED).newDecoder(List.of(Plane.MEDIAN));
        assertThat(decoder.decode(new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 44, 5, 6, 7}))
                .isInstanceOfSatisfying(
                        DeadLetter.class, letter -> assertThat(letter.message()).contains("Apicurio", "id 300"));
        assertThat(decoder.decode(new byte[] {0, -1, 0, 0, 7, 5})).isInstanceOf(DeadLetter.class);
        assertThat(decoder.decode(new byte[] {0, 0, 0, 0, 0})).isInstanceOf(DeadLetter.class);
    }

    @Test
    void readsBareAvroByTheGuidInTheRecordHeader() throws IOException {
        Schema schema = SchemaFolder.read(RealData.folder("packets").resolve("rubin/schemas"))
                .find(new SchemaId.Numbered(1000))
                .orElseThrow();
        UUID guid = UUID.fromString("0b64d4d4-8a6f-4b26-9b3e-8f5a1c2d3e4f");
        SchemaSource source = id -> id.equals(new SchemaId.Guid(guid)) ? Optional.of(schema) : Optional.empty();
        AlertDecoder decoder = input(InputFormat.AUTO, source).newDecoder(List.of(Plane.MEDIAN));
        byte[] value = bytes(faults.resolve("rubin/header_guid_framing_bare_value.bin"));
        ByteBuffer header = ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits());
        assertThat(decoder.decode(new AlertRecord(null, value, header.array())))
                .isInstanceOfSatisfying(
                        Alert.class, alert -> assertThat(alert.survey()).isEqualTo("LSST"));
        header.put(5, (byte) 0);
        assertThat(decoder.decode(new AlertRecord(null, value, header.array())))
                .isInstanceOfSatisfying(
                        DeadLetter.class, letter -> assertThat(letter.error()).isEqualTo(ErrorClass.UNKNOWN_SCHEMA));
        assertThat(decoder.decode(new AlertRecord(null, value, new byte[] {1, 2})))
                .isInstanceOfSatisfying(
                        DeadLetter.class, letter -> assertThat(letter.message()).contains("__value_schema_id"));
    }

    @Test
    void readsBothAlertsOfOneBlock() {
        Decoded first = decode(RealData.folder("packets").resolve("ztf/472263571115115000.avro"), Padding.NONE);
        List<Decoded> parts = decode(faults.resolve("ztf/two_alerts_in_one_block.avro"), Padding.NONE)
                .parts();
        assertThat(parts).hasSize(2).first().isEqualTo(first);
        assertThat(parts.get(1)).isInstanceOf(Alert.class);
    }

    @Test
    void recognisesByTheirFieldsTheRecordsThatSparkRenamed() {
        List<Decoded> parts =
                decode(faults.resolve("fink/fink_lsst_part.avro"), Padding.NONE).parts();
        assertThat(parts).hasSize(7).allSatisfy(part -> {
            assertThat(((Alert) part).survey()).isEqualTo("LSST");
            assertThat(((Alert) part).stamp()).isPresent();
        });
        assertThat(decode(faults.resolve("fink/single_record_renamed_by_spark.avro"), Padding.NONE))
                .isInstanceOfSatisfying(
                        Alert.class, alert -> assertThat(alert.survey()).isEqualTo("ZTF"));
    }

    @Test
    void theObjectOfAKnownMovingObjectIsNotZero() {
        assertThat(decode(faults.resolve("fink/known_solar_system_object.avro"), Padding.NONE))
                .isInstanceOfSatisfying(
                        Alert.class, alert -> assertThat(alert.objectId()).contains("21163624394469969"));
    }

    @Test
    void recognisesALaterMinorVersionOfLsstByItsFields() throws IOException, CorruptPacketException {
        Path sample = RealData.folder("packets").resolve("rubin/schemas/11/0/fakeAlert.avro");
        String schema = ContainerFile.parse(Files.readAllBytes(sample)).schema().json();
        Schema later = WriterSchema.parse(schema.replace("lsst.v11_0", "lsst.v11_1"));
        assertThat(SurveyCatalogue.shipped().recognise(later))
                .hasValueSatisfying(survey -> assertThat(survey.survey()).isEqualTo("LSST"));
    }
}
