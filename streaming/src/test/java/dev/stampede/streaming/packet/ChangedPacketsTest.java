package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.contract.Polarity;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.registry.SchemaFolder;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.survey.SurveyCatalogue;
import dev.stampede.streaming.wire.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real packets as their surveys might send them tomorrow. */
class ChangedPacketsTest {
    private static final String REAL = "{0}";

    private final Path folder = RealData.folder("packets");
    private final SchemaSource schemas = SchemaFolder.read(folder.resolve("rubin/schemas"));

    private Decoded decode(byte[] packet) {
        AlertDecoder decoder =
                SkyPackets.input(SurveyCatalogue.shipped(), schemas).newDecoder(List.of(Plane.MEDIAN));
        return decoder.decode(packet);
    }

    @Test
    void theSourceOfANegativeDetectionIsBrightForAModelOfBrightSources() throws IOException {
        Path file = folder.resolve("rubin/169813006129561655.reencoded_v10_0.confluent.avro");
        GenericRecord changed = PlainPacket.read(Files.readAllBytes(file), schemas);
        Stamp published = decode(changed, Polarity.BRIGHT, false);
        ((GenericRecord) changed.get("diaSource")).put("isNegative", true);
        assertThat(decode(changed, Polarity.BOTH, false)).isEqualTo(published);
        Stamp negated = decode(changed, Polarity.BRIGHT, true);
        assertThat(negated).isEqualTo(published.negated(plane -> plane == 1)).isNotEqualTo(published);
        ((GenericRecord) changed.get("diaSource")).put("isNegative", null);
        assertThat(decode(changed, Polarity.BRIGHT, false)).isEqualTo(published);
        ((GenericRecord) changed.get("diaSource")).put("psfFlux", -1854.6f);
        assertThat(decode(changed, Polarity.BRIGHT, true)).isEqualTo(negated);
    }

    @Test
    void theImageOfANegativeDetectionOfZtfIsBrightAsPublished() throws IOException {
        byte[] packet = Files.readAllBytes(folder.resolve("ztf/2019_01_10_739260766315010006.avro"));
        GenericRecord record = PlainPacket.read(packet, schemas);
        assertThat(PlainPacket.present(record, "candidate.isdiffpos")).hasToString("f");
        Stamp stamp = decode(record, Polarity.BRIGHT, false);
        assertThat(stamp.pixel(1, stamp.height() / 2, stamp.width() / 2)).isGreaterThan(100);
    }

    private Stamp decode(GenericRecord packet, Polarity polarity, boolean negated) throws IOException {
        ModelContract.Input model = new ModelContract.Input(List.of(Plane.SCIENCE, Plane.DIFFERENCE), 21);
        Domain domain = new Domain(List.of(), OptionalDouble.empty(), 0, 9, polarity);
        AlertDecoder decoder =
                SkyPackets.input(SurveyCatalogue.shipped(), schemas).newDecoder(model, domain, Padding.NONE);
        Alert alert = (Alert) decoder.decode(SkyPackets.container(packet));
        assertThat(alert.negated()).isEqualTo(negated);
        return alert.stamp().orElseThrow();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"decat", "decam", "decat_v1"})
    void readsPacketsOfOtherDecamProgrammes(String namespace) throws IOException {
        byte[] packet = Files.readAllBytes(folder.resolve("decam/decam_alert.avro"));
        GenericRecord renamed = (GenericRecord) new Renamed(namespace).of(PlainPacket.read(packet, schemas));
        assertThat(renamed.getSchema().getFullName()).isEqualTo(namespace + ".alert");
        assertThat(decode(SkyPackets.container(renamed)))
                .isInstanceOf(Alert.class)
                .isEqualTo(decode(packet));
    }

    @ParameterizedTest(name = REAL)
    @CsvSource({
        "ztf/472263571115115000.avro",
        "ztf/ccd_edge_1288_nan_pixels.avro",
        "ztf/snappy_codec.avro",
        "decam/decam_alert.avro",
        "winter/winter_alert.avro",
        "pgir/pgir_alerts_20210629_114297926.avro",
        "atlas/ATLAS_samples_02a59543o0040o_006230.avro",
        "rubin/169813006129561655.reencoded_v10_0.confluent.avro"
    })
    void readsThemWithFieldsReorderedAddedAndNullableInEveryCodec(String file) throws IOException {
        byte[] packet = Files.readAllBytes(folder.resolve(file));
        GenericRecord changed = (GenericRecord) new Change().of(PlainPacket.read(packet, schemas));
        for (CodecFactory codec : List.of(
                CodecFactory.nullCodec(),
                CodecFactory.deflateCodec(1),
                CodecFactory.snappyCodec(),
                CodecFactory.zstandardCodec(1))) {
            assertThat(decode(SkyPackets.container(codec, changed)))
                    .as(codec.toString())
                    .isInstanceOf(Alert.class)
                    .isEqualTo(decode(packet));
        }
    }

    @ParameterizedTest(name = REAL)
    @CsvSource({
        "ztf/472263571115115000.avro",
        "decam/decam_alert.avro",
        "winter/winter_alert.avro",
        "pgir/pgir_alerts_20210629_114297926.avro",
        "atlas/ATLAS_samples_02a59543o0040o_006230.avro",
        "rubin/169813006129561655.reencoded_v10_0.confluent.avro"
    })
    void judgesThemOrSaysWhatIsAmissWhereAFieldIsGone(String file) throws IOException {
        byte[] packet = Files.readAllBytes(folder.resolve(file));
        Alert whole = (Alert) decode(packet);
        GenericRecord plain = PlainPacket.read(packet, schemas);
        int classified = 0;
        Set<ErrorClass> amiss = EnumSet.noneOf(ErrorClass.class);
        for (Schema.Field field : plain.getSchema().getFields()) {
            Decoded without = decode(SkyPackets.container((GenericRecord) new Without(field.name()).of(plain)));
            if (without instanceof Alert alert) {
                assertThat(alert.stamp().isEmpty() || alert.stamp().equals(whole.stamp()))
                        .as(field.name())
                        .isTrue();
                classified++;
            } else {
                amiss.add(((DeadLetter) without).error());
            }
        }
        assertThat(classified).isPositive();
        assertThat(amiss).isNotEmpty().isSubsetOf(ErrorClass.UNKNOWN_SURVEY, ErrorClass.SCHEMA_MISMATCH);
    }

    /** Copies values to another schema: every record's fields in reverse, each nullable, and one more. */
    private static class Change {
        private final Map<String, Schema> changed = new HashMap<>();

        Schema of(Schema schema) {
            return switch (schema.getType()) {
                case RECORD ->
                    changed.containsKey(schema.getFullName()) ? changed.get(schema.getFullName()) : ofRecord(schema);
                case ARRAY -> Schema.createArray(of(schema.getElementType()));
                case UNION ->
                    Schema.createUnion(schema.getTypes().stream().map(this::of).toList());
                default -> schema;
            };
        }

        Schema ofRecord(Schema schema) {
            Schema record = Schema.createRecord(schema.getName(), null, namespace(schema), false);
            changed.put(schema.getFullName(), record);
            record.setFields(fields(schema));
            return record;
        }

        String namespace(Schema schema) {
            return schema.getNamespace();
        }

        List<Schema.Field> fields(Schema schema) {
            List<Schema.Field> fields = new ArrayList<>();
            fields.add(new Schema.Field("addedTomorrow", Schema.create(Schema.Type.STRING)));
            for (Schema.Field field : schema.getFields()) {
                fields.add(new Schema.Field(field.name(), nullable(of(field.schema()))));
            }
            Collections.reverse(fields);
            return fields;
        }

        private static Schema nullable(Schema schema) {
            List<Schema> types = new ArrayList<>();
            types.add(Schema.create(Schema.Type.NULL));
            (schema.isUnion() ? schema.getTypes() : List.of(schema))
                    .stream().filter(type -> type.getType() != Schema.Type.NULL).forEach(types::add);
            return Schema.createUnion(types);
        }

        Object of(Object value) {
            if (value instanceof GenericRecord record) {
                GenericRecord copy = new GenericData.Record(of(record.getSchema()));
                for (Schema.Field field : copy.getSchema().getFields()) {
                    Object before = record.hasField(field.name()) ? record.get(field.name()) : "anything";
                    copy.put(field.name(), before == null ? null : of(before));
                }
                return copy;
            }
            if (value instanceof List<?> list) {
                List<Object> copy = new ArrayList<>();
                list.forEach(item -> copy.add(of(item)));
                return copy;
            }
            return value;
        }
    }

    /** Copies values to the schema without one of the outermost fields. */
    private static final class Without extends Change {
        private final String gone;

        Without(String gone) {
            this.gone = gone;
        }

        @Override
        List<Schema.Field> fields(Schema schema) {
            return schema.getFields().stream()
                    .filter(field -> !field.name().equals(gone))
                    .map(field -> new Schema.Field(field.name(), of(field.schema())))
                    .toList();
        }
    }

    /** Copies values to the schema in another namespace. */
    private static final class Renamed extends Change {
        private final String namespace;

        Renamed(String namespace) {
            this.namespace = namespace;
        }

        @Override
        String namespace(Schema schema) {
            return schema.getNamespace().replaceFirst("^[^.]+", namespace);
        }

        @Override
        List<Schema.Field> fields(Schema schema) {
            return schema.getFields().stream()
                    .map(field -> new Schema.Field(field.name(), of(field.schema())))
                    .toList();
        }
    }
}
