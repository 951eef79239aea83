package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.fits.FitsBytes;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.registry.SchemaSource;
import dev.stampede.streaming.wire.ErrorClass;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Container files of several alerts. */
class ContainerPacketsTest {
    @TempDir
    private Path folder;

    private PacketInput input;

    @BeforeEach
    void openTheSurvey() {
        input = SkyPackets.input(SkyPackets.catalogue(folder), SchemaSource.NONE);
    }

    private static Decoded decode(PacketInput input, byte[] packet) {
        AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN));
        return decoder.decode(packet);
    }

    private void assertRefused(byte[] packet, ErrorClass error, String cause) {
        assertThat(decode(input, packet)).isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.error()).isEqualTo(error);
            assertThat(letter.message()).contains(cause);
        });
    }

    static Stream<Arguments> codecs() {
        return Stream.of(
                        CodecFactory.nullCodec(),
                        CodecFactory.deflateCodec(6),
                        CodecFactory.snappyCodec(),
                        CodecFactory.zstandardCodec(3))
                .map(Arguments::of);
    }

    private static GenericRecord numbered(long number) {
        return SkyPackets.record(SkyPackets.schema(), alert -> alert.put("number", number));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codecs")
    void readsEveryAlertOfAContainerFileInOneBlockOrSeveral(CodecFactory codec) {
        GenericRecord[] alerts = {numbered(1), numbered(2), numbered(3)};
        for (byte[] file : List.of(SkyPackets.container(codec, alerts), SkyPackets.containerOfBlocks(codec, alerts))) {
            assertThat(decode(input, file).parts())
                    .extracting(part -> ((Alert) part).id())
                    .containsExactly("1", "2", "3");
        }
    }

    @Test
    void aFaultOfOneAlertOfAContainerConcernsOnlyThatAlert() {
        GenericRecord bad =
                SkyPackets.record(SkyPackets.schema(), alert -> alert.put("difference", ByteBuffer.wrap(new byte[9])));
        Decoded decoded = decode(input, SkyPackets.container(CodecFactory.deflateCodec(6), numbered(1), bad));
        assertThat(decoded.parts().get(0)).isInstanceOf(Alert.class);
        assertThat(decoded.parts().get(1)).isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.error()).isEqualTo(ErrorClass.BAD_FITS);
            byte[] alone = new byte[letter.alone().orElseThrow().remaining()];
            letter.alone().orElseThrow().duplicate().get(alone);
            assertThat(decode(input, alone))
                    .isEqualTo(new DeadLetter(letter.error(), letter.message())); // a replay finds the same
        });
    }

    @Test
    void theStampsOfARecordHaveAMaximumSize() {
        int side = 512; // the maximum of a cutout
        byte[] image = FitsBytes.gzip(FitsBytes.image(side, side, new float[side * side]));
        GenericRecord alert =
                SkyPackets.record(SkyPackets.schema(), record -> record.put("difference", ByteBuffer.wrap(image)));
        GenericRecord[] alerts = new GenericRecord[AlertDecoder.MAX_RECORD_PIXELS / (side * side) + 1];
        Arrays.fill(alerts, alert);
        CodecFactory deflate = CodecFactory.deflateCodec(6);
        assertRefused(
                SkyPackets.container(deflate, alerts),
                ErrorClass.VALUE_TOO_LARGE,
                "the stamps of the 65 alerts have more than 16777216 pixels");
        GenericRecord[] fewer = Arrays.copyOf(alerts, alerts.length - 1);
        assertThat(decode(input, SkyPackets.container(deflate, fewer)).parts()).hasSize(64);
    }

    /** Its topic may accept no larger record than that of the alerts. */
    @Test
    void aFaultyAlertThatIsLargerAloneThanItsRecordIsADeadLetterOfTheWholeRecord() {
        GenericRecord bad = SkyPackets.record(
                SkyPackets.schema(), alert -> alert.put("difference", ByteBuffer.wrap(new byte[100_000])));
        byte[] file = SkyPackets.container(CodecFactory.deflateCodec(6), numbered(1), bad);
        assertThat(file).hasSizeLessThan(100_000);
        assertThat(decode(input, file)).isInstanceOfSatisfying(DeadLetter.class, letter -> {
            assertThat(letter.error()).isEqualTo(ErrorClass.BAD_FITS);
            assertThat(letter.message()).startsWith("alert 2 of 2, larger without compression than the record: ");
            assertThat(letter.alone()).isEmpty();
        });
        byte[] uncompressed = SkyPackets.container(CodecFactory.nullCodec(), numbered(1), bad);
        assertThat(decode(input, uncompressed).parts()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("codecs")
    void aDamagedContainerOfSeveralAlertsIsOneDeadLetter(CodecFactory codec) {
        byte[] whole = SkyPackets.containerOfBlocks(codec, numbered(1), numbered(2));
        AlertDecoder decoder = input.newDecoder(List.of(Plane.MEDIAN));
        int ofOne = SkyPackets.container(codec, numbered(1)).length;
        for (int length = 0; length < whole.length; length += 7) {
            if (length != ofOne) { // where the second block begins
                assertThat(decoder.decode(Arrays.copyOf(whole, length))).isInstanceOf(DeadLetter.class);
            }
        }
        assertRefused(
                SkyPackets.container(SkyPackets.SCHEMA_JSON, new byte[0], 0),
                ErrorClass.CORRUPT_AVRO,
                "holds 0 alerts");
        assertRefused(
                SkyPackets.container(SkyPackets.SCHEMA_JSON, new byte[300], 1_000_000),
                ErrorClass.VALUE_TOO_LARGE,
                "1000000 alerts");
        assertRefused(
                SkyPackets.container(SkyPackets.SCHEMA_JSON, new byte[300], 300),
                ErrorClass.CORRUPT_AVRO,
                "does not hold 300 alerts");
    }
}
