package dev.stampede.stamps.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.stamp.Stamp;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FitsReaderTest {
    private static final float MASKED = Float.NaN;

    private final FitsReader reader = new FitsReader(FitsLimits.STANDARD);

    private Stamp read(byte[] bytes) {
        return reader.read(bytes, bytes.length).stamp();
    }

    private static Stamp stamp(int height, int width, float... pixels) {
        return Stamp.of(1, height, width, pixels);
    }

    @Test
    void readsRowsInTheOrderOfTheFile() {
        assertThat(read(FitsBytes.image(3, 2, 1, 2, 3, 4, 5, 6))).isEqualTo(stamp(2, 3, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void readsGzippedFilesToo() {
        byte[] plain = FitsBytes.image(2, 2, 1, -2, 3.5f, 4);
        assertThat(read(FitsBytes.gzip(plain))).isEqualTo(read(plain)).isEqualTo(stamp(2, 2, 1, -2, 3.5f, 4));
    }

    @Test
    void masksNonFinitePixels() {
        assertThat(read(FitsBytes.image(3, 1, Float.NaN, Float.NEGATIVE_INFINITY, 7)))
                .isEqualTo(stamp(1, 3, MASKED, MASKED, 7));
    }

    static Stream<Arguments> numberTypes() {
        return Stream.of(
                Arguments.of(8, content(data -> data.put((byte) 0).put((byte) 255)), 2, 10f, 520f),
                Arguments.of(16, content(data -> data.putShort((short) -5).putShort((short) 300)), 4, 0f, 610f),
                Arguments.of(32, content(data -> data.putInt(-5).putInt(70_000)), 8, 0f, 140_010f),
                Arguments.of(-32, content(data -> data.putFloat(-5).putFloat(0.25f)), 8, 0f, 10.5f),
                Arguments.of(-64, content(data -> data.putDouble(-5).putDouble(0.25)), 16, 0f, 10.5f));
    }

    private static Consumer<ByteBuffer> content(Consumer<ByteBuffer> content) {
        return content;
    }

    @ParameterizedTest(name = "BITPIX {0}")
    @MethodSource("numberTypes")
    void scalesEveryTypeOfNumber(int bits, Consumer<ByteBuffer> content, int size, float first, float second) {
        FitsBytes file = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(bits, 2, 1)
                .card("BSCALE", "2.0")
                .card("BZERO", "1.0E1")
                .end()
                .data(size, content);
        assertThat(read(file.bytes())).isEqualTo(stamp(1, 2, first, second));
    }

    @Test
    void masksTheBlankIntegerBeforeItIsScaled() {
        FitsBytes file = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(16, 2, 1)
                .card("BLANK", -32768)
                .card("BZERO", 32768)
                .end()
                .data(4, data -> data.putShort(Short.MIN_VALUE).putShort((short) 1));
        assertThat(read(file.bytes())).isEqualTo(stamp(1, 2, MASKED, 32769));
    }

    @Test
    void readsTheFirstExtensionIfThePrimaryHasNoImage() {
        FitsBytes file = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(8)
                .card("EXTEND", "T")
                .end()
                .card("XTENSION", "'IMAGE   '")
                .axes(16, 2, 1)
                .card("PCOUNT", 0)
                .card("GCOUNT", 1)
                .end()
                .data(4, data -> data.putShort((short) 3).putShort((short) 4));
        assertThat(read(file.bytes())).isEqualTo(stamp(1, 2, 3, 4));
    }

    @Test
    void readsAThirdAxisOfLengthOne() {
        FitsBytes file = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(-32, 2, 1, 1)
                .end()
                .data(8, data -> data.putFloat(3).putFloat(4));
        assertThat(read(file.bytes())).isEqualTo(stamp(1, 2, 3, 4));
    }

    @Test
    void readsAFileWithoutPaddingToAFullBlock() {
        byte[] whole = FitsBytes.image(2, 1, 8, 9);
        assertThat(read(Arrays.copyOf(whole, 2880 + 8))).isEqualTo(stamp(1, 2, 8, 9));
    }

    @Test
    void readsAnExtensionWithoutPaddingAfterAnEmptyPrimary() {
        byte[] whole = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(8)
                .end()
                .card("XTENSION", "'TABLE   '")
                .axes(8, 4, 2)
                .card("PCOUNT", 0)
                .card("GCOUNT", 1)
                .end()
                .data(8, data -> {})
                .card("XTENSION", "'IMAGE   '")
                .axes(-32, 2, 1)
                .card("PCOUNT", 0)
                .card("GCOUNT", 1)
                .end()
                .data(8, data -> data.putFloat(8).putFloat(9))
                .bytes();
        assertThat(read(Arrays.copyOf(whole, 4 * 2880 + 8))).isEqualTo(stamp(1, 2, 8, 9));
        assertThatExceptionOfType(FitsFormatException.class)
                .isThrownBy(() -> reader.read(whole, 4 * 2880 + 7))
                .withMessageContaining("ends early");
    }

    @Test
    void readsGzipOfSeveralMembers() {
        byte[] plain = FitsBytes.image(2, 2, 1, -2, 3.5f, 4);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(FitsBytes.gzip(Arrays.copyOf(plain, 1000)));
        members.writeBytes(FitsBytes.gzip(new byte[0]));
        members.writeBytes(FitsBytes.gzip(Arrays.copyOfRange(plain, 1000, plain.length)));
        assertThat(read(members.toByteArray())).isEqualTo(read(plain));
    }

    @Test
    void refusesSeveralPlanes() {
        byte[] file = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(-32, 2, 1, 3)
                .end()
                .data(24, data -> {})
                .bytes();
        assertThatExceptionOfType(FitsFormatException.class)
                .isThrownBy(() -> read(file))
                .withMessageContaining("3 planes (NAXIS3)");
    }

    @Test
    void masksTheIntegerNullOfAnImageThatDefinesNoBlank() {
        FitsBytes file = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(32, 2, 1)
                .card("BSCALE", "0.01")
                .end()
                .data(8, data -> data.putInt(-2147483647).putInt(300));
        assertThat(read(file.bytes())).isEqualTo(stamp(1, 2, MASKED, 3));
    }

    @Test
    void everyUnsignedIntegerIsAValue() {
        FitsBytes file = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(32, 2, 1)
                .card("BZERO", "2147483648")
                .end()
                .data(8, data -> data.putInt(Integer.MIN_VALUE).putInt(-2147483647));
        assertThat(read(file.bytes())).isEqualTo(stamp(1, 2, 0, 1));
    }

    @ParameterizedTest(name = "{0} columns, {1} rows")
    @CsvSource({"100000, 100000", "513, 1", "1, 513", "0, 5", "-1, 5", "2147483647, 2147483647"})
    void rejectsAxesAboveTheLimit(int width, int height) {
        byte[] file = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(-32, width, height)
                .end()
                .bytes();
        byte[] extension = new FitsBytes()
                .card("SIMPLE", "T")
                .axes(8)
                .end()
                .card("XTENSION", "'IMAGE   '")
                .axes(-32, width, height)
                .card("PCOUNT", 0)
                .card("GCOUNT", 1)
                .end()
                .bytes();
        for (byte[] bomb : new byte[][] {file, extension}) {
            assertThatExceptionOfType(FitsFormatException.class).isThrownBy(() -> read(bomb));
        }
    }

    @Test
    void readsAnImageOfTheMaximumSize() {
        byte[] file = FitsBytes.image(512, 512, new float[512 * 512]);
        assertThat(read(file).width()).isEqualTo(512);
    }

    @Test
    void rejectsAGzipBomb() {
        byte[] bomb = FitsBytes.gzip(new byte[64 << 20]);
        assertThat(bomb.length).isLessThan(100_000);
        assertThatExceptionOfType(FitsFormatException.class)
                .isThrownBy(() -> read(bomb))
                .withMessageContaining("more than");
    }

    @Test
    void rejectsEveryTruncation() {
        byte[] plain = FitsBytes.image(2, 2, 1, 2, 3, 4);
        byte[] zipped = FitsBytes.gzip(plain);
        for (int length = 0; length < 2880 + 16; length++) {
            int cut = length;
            assertThatExceptionOfType(FitsFormatException.class).isThrownBy(() -> reader.read(plain, cut));
        }
        for (int length = 0; length < zipped.length; length++) {
            int cut = length;
            assertThatExceptionOfType(FitsFormatException.class).isThrownBy(() -> reader.read(zipped, cut));
        }
    }

    @Test
    void detectsAWrongChecksumInGzip() {
        byte[] zipped = FitsBytes.gzip(FitsBytes.image(2, 2, 1, 2, 3, 4));
        zipped[zipped.length - 5] ^= 1;
        assertThatExceptionOfType(FitsFormatException.class)
                .isThrownBy(() -> read(zipped))
                .withMessageContaining("checksum");
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyBytesGiveAStampOrTheExceptionOfTheReader(int seed) {
        Random random = new Random(seed);
        byte[] file = FitsBytes.image(3, 3, new float[9]);
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            file[random.nextInt(7 * 80)] = (byte) (random.nextBoolean() ? ' ' + random.nextInt(95) : random.nextInt());
        }
        try {
            assertThat(read(file).planes()).isEqualTo(1);
        } catch (FitsFormatException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static final String SKY = "CTYPE1='RA---TAN' CTYPE2='DEC--TAN' ";

    /** Pixels of 0.2 arcseconds are 5.5556e-5 degrees wide; turned by 30 degrees their matrix has that times cos and sin. */
    static Stream<Arguments> skies() {
        return Stream.of(
                Arguments.of(
                        "a turned matrix",
                        SKY + "CD1_1=-4.8113E-5 CD1_2=2.7778E-5 CD2_1=2.7778E-5 CD2_2=4.8113E-5",
                        0.2),
                Arguments.of(
                        "increments", SKY + "CDELT1=-2.80556D-4 CDELT2=2.80556D-4 CUNIT1='deg' CUNIT2='deg'", 1.01),
                Arguments.of(
                        "increments of 1 and a matrix",
                        SKY + "CDELT1=1 CDELT2=1 PC1_1=-4.8113E-5 PC1_2=2.7778E-5 PC2_1=2.7778E-5 PC2_2=4.8113E-5",
                        0.2),
                Arguments.of("oblong pixels", SKY + "CDELT1=1E-4 CDELT2=4E-4", 0.72),
                Arguments.of("galactic axes", "CTYPE1='GLON-CAR' CTYPE2='GLAT-CAR' CDELT1=1E-4 CDELT2=1E-4", 0.36),
                Arguments.of("nothing", "", null),
                Arguments.of("axes that are not on the sky", "CTYPE1='LINEAR' CTYPE2='LINEAR' CDELT1=1 CDELT2=1", null),
                Arguments.of("another unit", SKY + "CUNIT1='arcsec' CUNIT2='arcsec' CDELT1=1 CDELT2=1", null),
                Arguments.of("axes without increments", SKY, null),
                Arguments.of("an increment of zero", SKY + "CDELT1=0 CDELT2=1", null),
                Arguments.of("an increment that is not a number", SKY + "CDELT1=x CDELT2=1", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("skies")
    void readsThePixelScale(String what, String keywords, @Nullable Double arcsec) {
        byte[] primary = withCards(new FitsBytes().card("SIMPLE", "T").axes(-32, 2, 1), keywords);
        byte[] extension = withCards(
                new FitsBytes()
                        .card("SIMPLE", "T")
                        .axes(8)
                        .end()
                        .card("XTENSION", "'IMAGE   '")
                        .axes(-32, 2, 1),
                "PCOUNT=0 GCOUNT=1 " + keywords);
        for (byte[] file : List.of(primary, extension)) {
            OptionalDouble scale = reader.read(file, file.length).pixelScaleArcsec();
            if (arcsec == null) {
                assertThat(scale).isEmpty();
            } else {
                assertThat(scale.orElse(0)).isEqualTo(arcsec, within(1e-5));
            }
        }
    }

    private static byte[] withCards(FitsBytes file, String keywords) {
        for (String card : keywords.split(" ", -1)) {
            if (!card.isEmpty()) {
                file.card(card.substring(0, card.indexOf('=')), card.substring(card.indexOf('=') + 1));
            }
        }
        return file.end().data(8, data -> data.putFloat(1).putFloat(2)).bytes();
    }
}
