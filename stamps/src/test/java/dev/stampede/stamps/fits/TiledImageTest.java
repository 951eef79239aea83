package dev.stampede.stamps.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files are those of make_fits_examples.py, each with its pixels as astropy reads them. */
class TiledImageTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/fits");

    private final FitsReader reader = new FitsReader(FitsLimits.STANDARD);

    private static byte[] example(String name) {
        try (InputStream file = TiledImageTest.class.getResourceAsStream("/fits/" + name + ".fits")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rice_1_quantized_nan",
                "rice_1_unsigned",
                "rice_1_dither_1",
                "rice_1_dither_2",
                "rice_1_tiles_4x5",
                "rice_1_one_plane",
                "rice_1_blank",
                "rice_1_integer_null",
                "gzip_1_quantized_nan",
                "gzip_1_unsigned",
                "gzip_1_lossless_nan",
                "gzip_2_quantized_nan",
                "gzip_2_unsigned",
                "gzip_2_lossless_nan",
                "hcompress_1_quantized",
                "hcompress_1_integers",
                "plio_1_integers"
            })
    void readsWhatAstropyReads(String name) {
        byte[] file = example(name);
        Stamp stamp = reader.read(file, file.length).stamp();
        try (StampFile expected = StampFile.open(EXAMPLES.resolve(name + ".npy"))) {
            Stamp pixels = expected.stamp(0);
            assertThat(stamp.height()).isEqualTo(pixels.height());
            assertThat(stamp.width()).isEqualTo(pixels.width());
            for (int row = 0; row < pixels.height(); row++) {
                for (int column = 0; column < pixels.width(); column++) {
                    float right = pixels.pixel(0, row, column);
                    float read = stamp.pixel(0, row, column);
                    assertThat(Float.isNaN(read))
                            .as("%d, %d: %s", row, column, read)
                            .isEqualTo(Float.isNaN(right));
                    if (!Float.isNaN(right)) {
                        // float32 and float64 arithmetic differ by a unit in the last place
                        assertThat(Math.abs(read - right))
                                .as("%d, %d", row, column)
                                .isLessThanOrEqualTo(2 * Math.ulp(right));
                    }
                }
            }
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 600);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyBytesGiveAStampOrTheExceptionOfTheReader(int seed) {
        Random random = new Random(seed);
        String[] names = {"rice_1_quantized_nan", "gzip_2_unsigned", "hcompress_1_integers", "plio_1_integers"};
        byte[] file = example(names[seed % names.length]);
        boolean inTable = random.nextBoolean();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int at = inTable ? 5760 + random.nextInt(file.length - 5760) : 2880 + random.nextInt(2880);
            file[at] = (byte) (inTable ? random.nextInt() : ' ' + random.nextInt(95));
        }
        try {
            assertThat(reader.read(file, file.length).stamp().planes()).isEqualTo(1);
        } catch (FitsFormatException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Test
    void rejectsATileThatClaimsMoreMemoryThanTheFileHas() {
        byte[] file = example("gzip_1_lossless_nan");
        Arrays.fill(file, 5760, 5764, (byte) 0x7f); // the length of the first tile
        assertThatExceptionOfType(FitsFormatException.class)
                .isThrownBy(() -> reader.read(file, file.length))
                .withMessageContaining("tile 1 lies outside");
    }
}
