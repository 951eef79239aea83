package dev.stampede.streaming.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.schemas.AbstentionReason;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ExplanationRequest;
import dev.stampede.schemas.Features;
import dev.stampede.schemas.Label;
import dev.stampede.schemas.OcclusionMap;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.InMemoryRegistry;
import dev.stampede.streaming.RandomRecords;
import dev.stampede.streaming.registry.RegistrySettings;
import dev.stampede.streaming.registry.SchemaRegistrationException;
import dev.stampede.streaming.registry.SchemaRegistry;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.wire.BlockCodec;
import dev.stampede.streaming.wire.ContainerWriter;
import dev.stampede.streaming.wire.PixelArrays;
import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.streaming.wire.SingleObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every output format: what is written is read back, by Stampede and by Avro. */
class RecordFormatsTest {
    private static final int RECORDS = 200;
    private static final int EXTRA_BYTES = 3;
    private static final String TOPIC = "classifications";
    private static final Path SAMPLES = Path.of("../schemas/src/test/resources/samples");

    private InMemoryRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = new InMemoryRegistry();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private SchemaRegistry client() {
        return new SchemaRegistry(RegistrySettings.of(List.of(URI.create(registry.url())))
                .withTimeouts(Duration.ofSeconds(5), Duration.ZERO));
    }

    private <T extends SpecificRecord> RecordEncoder<T> encoder(RecordFormat format, Class<T> type) {
        return format == RecordFormat.CONFLUENT
                ? RecordEncoder.confluent(type, TOPIC, SubjectStrategy.RECORD, client())
                : RecordEncoder.of(format, type, PixelArrays.BASE64);
    }

    private <T extends SpecificRecord> RecordDecoder<T> decoder(Class<T> type) {
        return new RecordDecoder<>(type, client());
    }

    @ParameterizedTest
    @EnumSource
    void readsBackWhatItWrites(RecordFormat format) throws IOException {
        RecordEncoder<Classification> classifications = encoder(format, Classification.class);
        RecordDecoder<Classification> decoder = decoder(Classification.class);
        for (Classification record : RandomRecords.of(Classification.class, RECORDS, 1)) {
            byte[] value = classifications.encode(record);
            assertThat(RecordFormat.of(value)).contains(format);
            assertThat(decoder.decode(value)).isEqualTo(record);
        }
        RecordEncoder<ExplanationRequest> requests = encoder(format, ExplanationRequest.class);
        RecordDecoder<ExplanationRequest> requestDecoder = decoder(ExplanationRequest.class);
        for (ExplanationRequest record : RandomRecords.of(ExplanationRequest.class, RECORDS, 2)) {
            assertThat(requestDecoder.decode(requests.encode(record))).isEqualTo(record);
        }
    }

    @Test
    void oneTopicMayHoldEveryFormat() throws IOException {
        Classification record = RandomRecords.of(Classification.class, 1, 3).get(0);
        RecordDecoder<Classification> decoder = decoder(Classification.class);
        for (RecordFormat format : RecordFormat.values()) {
            assertThat(decoder.decode(encoder(format, Classification.class).encode(record)))
                    .as(format.word())
                    .isEqualTo(record);
        }
    }

    @Test
    void anyAvroLibraryReadsAContainerFileByItself() throws IOException {
        RecordEncoder<Classification> encoder = encoder(RecordFormat.OCF, Classification.class);
        for (Classification record : RandomRecords.of(Classification.class, RECORDS, 4)) {
            try (DataFileStream<GenericRecord> file = new DataFileStream<>(
                    new ByteArrayInputStream(encoder.encode(record)), new GenericDatumReader<>())) {
                GenericRecord read = file.next();
                assertThat(read.get("alertId")).hasToString(record.getAlertId());
                assertThat(read.get("probability")).isEqualTo(record.getProbability());
                assertThat(read.get("ingestTime"))
                        .isEqualTo(record.getIngestTime().toEpochMilli());
                assertThat(file.hasNext()).isFalse();
                assertThat(file.getSchema().toString()).doesNotContain("\"doc\"", "avro.java");
            }
        }
    }

    /** A schema with a field that this program does not know and without one that it knows, as another version has it. */
    private static Schema ofAnotherVersion() {
        Schema schema = Classification.getClassSchema();
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("added", Schema.create(Schema.Type.STRING), "of another version"));
        schema.getFields().stream()
                .filter(field -> !field.name().equals("negated"))
                .map(field -> new Schema.Field(field, field.schema()))
                .forEach(fields::add);
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    private static GenericRecord ofAnotherVersion(Classification record) {
        GenericRecord other = new GenericData.Record(ofAnotherVersion());
        other.put("added", "new");
        for (Schema.Field field : other.getSchema().getFields()) {
            if (!field.name().equals("added")) {
                other.put(
                        field.name(),
                        record.get(record.getSchema().getField(field.name()).pos()));
            }
        }
        return other;
    }

    @ParameterizedTest
    @EnumSource
    void readsContainerFilesOfOtherVersionsWithEveryCodec(BlockCodec codec) throws IOException {
        Classification record = Classifications.with(
                Classifications.with(Classifications.reported("a1", 0.75f, 1), "negated", false), "objectId", "o1");
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        GenericData times = new GenericData();
        times.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        try (DataFileWriter<GenericRecord> file =
                new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(ofAnotherVersion(), times))) {
            file.setCodec(CodecFactory.fromString(codec.name().toLowerCase(Locale.ROOT)));
            file.create(ofAnotherVersion(), value);
            file.append(ofAnotherVersion(record));
        }
        assertThat(decoder(Classification.class).decode(value.toByteArray())).isEqualTo(record);
    }

    @Test
    void jsonHasPlainValuesUnderTheNamesOfTheSchema() throws IOException {
        Classification record =
                Classifications.with(Classifications.reported("123456789012345678901", 0.75f, 1), "mjd", null);
        record = Classifications.with(record, "occlusionMap", map(2, 1, -0.5f, Float.NaN));
        JsonNode base64 = new ObjectMapper().readTree(json(PixelArrays.BASE64, record));
        assertThat(base64.path("alertId").textValue()).isEqualTo("123456789012345678901");
        assertThat(base64.path("objectId").textValue()).isEqualTo(record.getObjectId());
        assertThat(base64.path("verdict").textValue()).isEqualTo("REAL");
        assertThat(base64.path("abstentionReason").isNull()).isTrue();
        assertThat(base64.path("probability").decimalValue()).hasToString("0.75");
        assertThat(base64.path("mjd").isNull()).isTrue();
        assertThat(base64.path("ingestTime").textValue()).isEqualTo("1970-01-01T00:00:00.001Z");
        assertThat(base64.path("occlusionMap").path("values").binaryValue())
                .isEqualTo(map(2, 1, -0.5f, Float.NaN).getValues().array());
        JsonNode list = new ObjectMapper().readTree(json(PixelArrays.LIST, record));
        assertThat(list.path("occlusionMap").path("values")).hasToString("[[-0.5,null]]");
        List<String> names = Classification.getClassSchema().getFields().stream()
                .map(Schema.Field::name)
                .toList();
        assertThat(list.fieldNames()).toIterable().containsExactlyElementsOf(names);
    }

    private static byte[] json(PixelArrays arrays, Classification record) {
        return RecordEncoder.of(RecordFormat.JSON, Classification.class, arrays).encode(record);
    }

    private static OcclusionMap map(int width, int height, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new OcclusionMap(width, height, bytes, 5, 1, "median", "full", null);
    }

    @Test
    void readsListsOfNumbersBackToTheSameBytes() throws IOException {
        float[] pixels = new float[2 * 21 * 20];
        Random random = new Random(5);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(70) - 35));
        }
        pixels[7] = -0f;
        ByteBuffer bytes = ByteBuffer.allocate(pixels.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(pixels);
        ExplanationRequest request = new ExplanationRequest(
                Classifications.reported("a1", 0.75f, 1), 2, 21, 20, bytes, new Features(7.5f, null, 210f, null));
        byte[] value = RecordEncoder.of(RecordFormat.JSON, ExplanationRequest.class, PixelArrays.LIST)
                .encode(request);
        assertThat(new ObjectMapper().readTree(value).path("pixels"))
                .hasSize(2)
                .allSatisfy(plane -> assertThat(plane)
                        .hasSize(20)
                        .allSatisfy(row -> assertThat(row).hasSize(21)));
        assertThat(decoder(ExplanationRequest.class).decode(value)).isEqualTo(request);
    }

    @Test
    void anUndefinedNumberIsNullInJsonAndNaNWhenRead() throws IOException {
        Classification record = Classifications.reported("a1", 0.75f, 1);
        Classifications.with(record.getQuality(), "sigmaG", Float.NaN);
        Classifications.with(record.getQuality(), "peakSignalToNoise", Float.POSITIVE_INFINITY);
        byte[] value = json(PixelArrays.BASE64, record);
        assertThat(new String(value, UTF_8)).contains("\"sigmaG\":null", "\"peakSignalToNoise\":null");
        Classification read = decoder(Classification.class).decode(value);
        assertThat(read.getQuality().getSigmaG()).isNaN();
        assertThat(read.getQuality().getPeakSignalToNoise()).isNaN();
    }

    @Test
    void readsJsonOfOtherVersions() throws IOException {
        Classification record = Classifications.with(Classifications.reported("a1", 0.75f, 1), "negated", true);
        ObjectNode json = (ObjectNode) new ObjectMapper().readTree(json(PixelArrays.BASE64, record));
        json.remove("negated");
        json.putObject("added").put("by", "another version");
        json.put("abstentionReason", "A_NEW_REASON");
        Classification read =
                decoder(Classification.class).decode(json.toString().getBytes(UTF_8));
        assertThat(read.getNegated()).isFalse();
        assertThat(read.getAbstentionReason()).isEqualTo(AbstentionReason.OTHER);
    }

    @Test
    void theDocumentedSamplesAreWhatIsWritten() throws IOException {
        assertThat(sample(Classification.class)).isEqualTo(writtenAgain(Classification.class));
        assertThat(sample(ExplanationRequest.class)).isEqualTo(writtenAgain(ExplanationRequest.class));
    }

    private static JsonNode sample(Class<?> type) throws IOException {
        return new ObjectMapper()
                .readTree(SAMPLES.resolve(type.getSimpleName() + ".json").toFile());
    }

    private <T extends SpecificRecord> JsonNode writtenAgain(Class<T> type) throws IOException {
        T read = decoder(type).decode(sample(type).toString().getBytes(UTF_8));
        return new ObjectMapper().readTree(encoder(RecordFormat.JSON, type).encode(read));
    }

    @Test
    void namesTheFieldOfBadJson() {
        String json = new String(json(PixelArrays.BASE64, Classifications.reported("a1", 0.75f, 1)), UTF_8);
        assertUnreadable(json.replace("\"a1\"", "7"), "alertId", "not a text");
        assertUnreadable(json.replace("0.75", "\"high\""), "probability", "not a number");
        assertUnreadable(json.replace("\"REAL\"", "\"PERHAPS\""), "verdict", "PERHAPS");
        assertUnreadable(json.replace("\"1970-01-01T00:00:00.001Z\"", "\"today\""), "ingestTime", "today");
        assertUnreadable(json.replace("\"threshold\"", "\"limit\""), "threshold", "missing");
        assertUnreadable(json + "{}", "more text");
    }

    private void assertUnreadable(String json, String... parts) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> decoder(Classification.class).decode(json.getBytes(UTF_8)))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(parts));
    }

    @ParameterizedTest
    @EnumSource
    void refusesRecordsOfAnotherType(RecordFormat format) {
        Label label = RandomRecords.of(Label.class, 1, 6).get(0);
        byte[] value = encoder(format, Label.class).encode(label);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> decoder(Classification.class).decode(value));
    }

    /** The value with bytes after its record, where the format has no end of its own inside of the framing. */
    private byte[] withExtraBytes(RecordFormat format, Classification record) {
        if (format != RecordFormat.OCF) {
            byte[] value = encoder(format, Classification.class).encode(record);
            return Arrays.copyOf(value, value.length + EXTRA_BYTES);
        }
        byte[] framed = SingleObject.write(record);
        int length = framed.length - SingleObject.HEADER_BYTES;
        ByteBuffer block = ByteBuffer.allocate(length + EXTRA_BYTES).put(0, framed, SingleObject.HEADER_BYTES, length);
        return ContainerWriter.of(Classification.getClassSchema()).file(block);
    }

    @ParameterizedTest
    @EnumSource
    void refusesBytesAfterTheRecord(RecordFormat format) {
        byte[] value = withExtraBytes(format, Classifications.reported("a1", 0.75f, 1));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> decoder(Classification.class).decode(value))
                .satisfies(failure -> assertThat(failure.getMessage())
                        .contains(format == RecordFormat.JSON ? "CTRL-CHAR, code 0" : "has 3 extra bytes"));
    }

    @ParameterizedTest
    @EnumSource
    void refusesPixelsOfAnotherSizeThanTheRecordStatesAndNamesTheField(RecordFormat format) {
        Classification record =
                Classifications.with(Classifications.reported("a1", 0.75f, 1), "occlusionMap", map(2, 1, 1, 2, 3));
        byte[] value = encoder(format, Classification.class).encode(record);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> decoder(Classification.class).decode(value))
                .withMessageContaining("the field values has 12 bytes")
                .withMessageContaining("1 x 1 x 2");
        for (List<Integer> shape : List.of(List.of(0, 1, 1), List.of(-1, -2, 2), List.of(1 << 30, 1 << 30, 1 << 4))) {
            ExplanationRequest request = new ExplanationRequest(
                    Classifications.reported("a1", 0.75f, 1),
                    shape.get(0),
                    shape.get(1),
                    shape.get(2),
                    ByteBuffer.allocate(shape.get(0) < 0 ? 16 : 0),
                    null);
            byte[] bad = encoder(format, ExplanationRequest.class).encode(request);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> decoder(ExplanationRequest.class).decode(bad))
                    .withMessageContaining("the field pixels");
        }
    }

    @Test
    void damagedValuesAreRecordsOrIoExceptions() {
        Random random = new Random(7);
        for (RecordFormat format : RecordFormat.values()) {
            RecordDecoder<Classification> decoder = decoder(Classification.class);
            byte[] good = encoder(format, Classification.class).encode(Classifications.reported("a1", 0.75f, 1));
            for (int i = 0; i < 2000; i++) {
                byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1 + EXTRA_BYTES));
                for (int change = 0; change < 3 && bad.length > 5; change++) {
                    bad[5 + random.nextInt(bad.length - 5)] = (byte) random.nextInt();
                }
                try {
                    assertThat(decoder.decode(bad)).isNotNull();
                } catch (IOException expected) {
                    assertThat(expected.getMessage()).isNotNull();
                }
            }
        }
    }

    @Test
    void asksForTheRegistryThatARecordNeeds() {
        byte[] value =
                encoder(RecordFormat.CONFLUENT, Classification.class).encode(Classifications.reported("a1", 0.75f, 1));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new RecordDecoder<>(Classification.class, SchemaSource.NONE).decode(value))
                .withMessageContaining("--schema-registry")
                .withMessageContaining("schema.registry.url");
    }

    @ParameterizedTest
    @EnumSource
    void registersASchemaOnceUnderTheSubjectOfTheStrategy(SubjectStrategy strategy) {
        String subject = switch (strategy) {
            case TOPIC -> "classifications-value";
            case RECORD -> "dev.stampede.schemas.Classification";
            case TOPIC_RECORD -> "classifications-dev.stampede.schemas.Classification";
        };
        Classification record = Classifications.reported("a1", 0.75f, 1);
        byte[] first = RecordEncoder.confluent(Classification.class, TOPIC, strategy, client())
                .encode(record);
        registry.setReadOnly(); // who may only read finds what is registered
        byte[] second = RecordEncoder.confluent(Classification.class, TOPIC, strategy, client())
                .encode(record);
        assertThat(registry.subjects()).containsExactly(subject);
        assertThat(second).isEqualTo(first);
    }

    private String refusal() {
        SchemaRegistry client = client();
        try {
            RecordEncoder.confluent(Classification.class, TOPIC, SubjectStrategy.TOPIC, client);
            return "";
        } catch (SchemaRegistrationException refusal) {
            return String.valueOf(refusal.getMessage());
        }
    }

    @Test
    void saysWhyARegistryRefusesASchemaAndWhatToDo() {
        registry.add("classifications-value", "{\"type\":\"record\",\"name\":\"Other\",\"fields\":[]}");
        assertThat(refusal())
                .contains(
                        registry.url(),
                        "subject classifications-value",
                        "HTTP 409",
                        "incompatible",
                        "output.subject-strategy");
    }

    @Test
    void saysThatTheRightToRegisterIsMissing() {
        registry.setReadOnly();
        assertThat(refusal())
                .contains("HTTP 403", "denied", "Grant write access", "schemas/topics/Classification.avsc");
    }

    @Test
    void aUserWhoMayOnlyReadUsesTheSchemaThatSomeoneRegisteredFromItsFile() throws IOException {
        Path file = Path.of("../schemas/topics/Classification.avsc");
        registry.add(
                "classifications-value",
                new Schema.Parser().parse(Files.readString(file)).toString());
        registry.setReadOnly();
        assertThat(refusal()).isEmpty();
    }

    @Test
    void saysThatNoRegistryResponds() {
        registry.close();
        assertThat(refusal()).contains("classifications-value", "connection refused", "schema.registry.url");
    }

    @Test
    void containerFilesOfOneSchemaAreEqualUpToTheirRecord() {
        RecordEncoder<Classification> encoder = encoder(RecordFormat.OCF, Classification.class);
        Classification record = Classifications.reported("a1", 0.75f, Instant.EPOCH.toEpochMilli());
        assertThat(encoder.encode(record)).isEqualTo(encoder.encode(record));
        int overhead = encoder.encode(record).length - SingleObject.write(record).length;
        assertThat(overhead).as("bytes of header and markers").isBetween(1, 3200);
    }
}
