package dev.stampede.stamps.results;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.stamp.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of one image, which make_fits_examples.py wrote with its pixels as astropy reads them. */
class FitsColumnTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/fits");
    private static final int BLOCK_BYTES = 2880;

    @TempDir
    private Path folder;

    private Path column(String name) throws IOException {
        byte[] example = Files.readAllBytes(EXAMPLES.resolve(name + ".fits"));
        StringBuilder header = new StringBuilder();
        for (String card : new String[] {
            "SIMPLE  =                    T",
            "BITPIX  =                    8",
            "NAXIS   =                    0",
            "EXTEND  =                    T",
            "NUMRES  =                    1",
            "ISIMG   =                    T",
            "COLNAME = 'coadd_mean'",
            "END"
        }) {
            header.append(String.format("%-80s", card));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(String.format("%-" + BLOCK_BYTES + "s", header).getBytes(US_ASCII));
        bytes.writeBytes(Arrays.copyOfRange(example, BLOCK_BYTES, example.length));
        return Files.write(folder.resolve(name + ".fits"), bytes.toByteArray());
    }

    /** Rounded values get noise of half a step; others are exact to float32 arithmetic. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "rice_1_quantized_nan, 0.01",
        "rice_1_tiles_4x5, 0.01",
        "rice_1_one_plane, 0.01",
        "gzip_1_quantized_nan, 0.01",
        "gzip_2_quantized_nan, 0.01",
        "hcompress_1_quantized, 0.01",
        "rice_1_integer_null, 0.01",
        "rice_1_dither_1, 0",
        "rice_1_dither_2, 0",
        "gzip_1_lossless_nan, 0",
        "gzip_2_lossless_nan, 0",
        "rice_1_unsigned, 1",
        "rice_1_blank, 1",
        "hcompress_1_integers, 1",
        "plio_1_integers, 1",
    })
    void readsWhatAstropyReads(String name, double step) throws IOException {
        try (StampSource source = StampSource.open(column(name), StampReading.DEFAULT);
                StampFile expected = StampFile.open(EXAMPLES.resolve(name + ".npy"))) {
            Stamp actual = source.stamp(0);
            Stamp right = expected.stamp(0);
            boolean isChanged = false;
            for (int row = 0; row < right.height(); row++) {
                for (int column = 0; column < right.width(); column++) {
                    float pixel = right.pixel(0, row, column);
                    float read = actual.pixel(0, row, column);
                    if (Float.isNaN(pixel)) {
                        assertThat(read).as("%d, %d", row, column).isNaN();
                    } else {
                        isChanged |= read != pixel;
                        assertThat((double) read)
                                .as("%d, %d", row, column)
                                .isCloseTo(pixel, within(step / 2 + 2 * Math.ulp(pixel)));
                    }
                }
            }
            assertThat(isChanged || step == 0).isTrue();
        }
    }
}
