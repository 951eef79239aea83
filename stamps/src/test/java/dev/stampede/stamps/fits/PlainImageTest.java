package dev.stampede.stamps.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainImageTest {
    private static final int BLOCK_BYTES = 2880;

    /** With the cards {@code more} after the axes, and four pixels, of which one is infinite. */
    private static byte[] file(String... more) {
        FitsBytes file = new FitsBytes()
                .card("SIMPLE", "T")
                .card("BITPIX", "-32")
                .card("NAXIS", "2")
                .card("NAXIS1", "2 / columns")
                .card("NAXIS2", "2");
        for (String card : more) {
            int equals = card.indexOf('=');
            file.card(card.substring(0, equals), card.substring(equals + 1));
        }
        return file.end()
                .data(
                        16,
                        data -> data.putFloat(1.5f)
                                .putFloat(Float.NaN)
                                .putFloat(Float.NEGATIVE_INFINITY)
                                .putFloat(-2e7f))
                .bytes();
    }

    private static Optional<FitsImage> read(byte[] file) {
        return PlainImage.read(file, file.length, FitsLimits.STANDARD);
    }

    @Test
    void readsPixelsAndSkyAsTheLibraryDoes() {
        byte[] file = file(
                "CTYPE1='RA---TAN'           / it's a projection",
                "CTYPE2='DEC--TAN'",
                "CRPIX1=1.25 / [pixel]",
                "CRPIX2=0.75",
                "CRVAL1=1.5E2",
                "CRVAL2=-3.5D0",
                "CD1_1=-7.3E-05",
                "CD1_2=1.0E-08",
                "CD2_1=0",
                "CD2_2=7.3E-05");
        FitsImage plain = read(file).orElseThrow();
        FitsImage library = new FitsReader(FitsLimits.STANDARD).firstImage(file, file.length);
        assertThat(plain.stamp()).isEqualTo(library.stamp());
        assertThat(plain.pixelScaleArcsec())
                .isEqualTo(library.pixelScaleArcsec())
                .isNotEmpty();
        assertThat(plain.sky().pixelOf(150.0001, -3.5001))
                .isEqualTo(library.sky().pixelOf(150.0001, -3.5001))
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"BSCALE=2", "BZERO=1", "BLANK=-1", "ZIMAGE=T", "BITPIX=16", "NAXIS=3", "NAXIS1=0", "NAXIS2=2.0"})
    void leavesOtherImagesToTheLibrary(String card) {
        assertThat(read(file(card))).isEmpty();
    }

    @Test
    void leavesTruncatedFilesToTheLibrary() {
        byte[] file = file();
        assertThat(read(file)).isNotEmpty();
        for (int length : List.of(0, 79, 400, BLOCK_BYTES, BLOCK_BYTES + 15)) {
            assertThat(read(Arrays.copyOf(file, length))).as("%s bytes", length).isEmpty();
        }
        assertThat(read(Arrays.copyOf(file, BLOCK_BYTES + 16)))
                .as("without padding")
                .isNotEmpty();
    }

    @Test
    void refusesAxesAboveTheLimit() {
        byte[] file = file("NAXIS1=99999999");
        assertThatExceptionOfType(FitsFormatException.class).isThrownBy(() -> read(file));
    }

    /** Whatever bytes are changed, both readers see the same image, or the library decides alone. */
    @Test
    void agreesWithTheLibraryOnDamagedHeaders() {
        Random random = new Random(1);
        FitsReader reader = new FitsReader(FitsLimits.STANDARD);
        byte[] good = file("CRPIX1=1.25 / [pixel]");
        int read = 0;
        for (int trial = 0; trial < 2000; trial++) {
            byte[] changed = good.clone();
            changed[random.nextInt(7 * 80)] = (byte) (' ' + random.nextInt(95));
            Optional<FitsImage> plain;
            FitsImage library;
            try {
                plain = read(changed);
                library = reader.firstImage(changed, changed.length);
            } catch (FitsFormatException refused) {
                continue;
            }
            if (plain.isPresent()) {
                read++;
                assertThat(plain.get().stamp()).isEqualTo(library.stamp());
            }
        }
        assertThat(read).isGreaterThan(500);
    }
}
