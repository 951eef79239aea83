package dev.stampede.stamps.fits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.stamp.Stamp;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a source is in a cutout that was cut off at the edge of a detector. */
class FitsImageTest {
    /** From astropy 8.0.1: {@code WCS(header).all_pix2world(31, 10, 0)}, pixels counted from 0. */
    private static final String GNOMONIC =
            "CTYPE1='RA---TAN' CTYPE2='DEC--TAN' CRPIX1=-500.0 CRPIX2=300.0 CRVAL1=180.0 CRVAL2=60.0"
                    + " CD1_1=-2.4E-4 CD1_2=1.4E-4 CD2_1=1.4E-4 CD2_2=2.4E-4";

    private static final double RIGHT_ASCENSION = 179.6636718064;
    private static final double DECLINATION = 60.0046926004;

    /** An image whose only bright pixel is (column 31, row 10). */
    private static FitsImage image(int width, int height, String keywords) {
        FitsBytes file = new FitsBytes().card("SIMPLE", "T").axes(-32, width, height);
        for (String card : keywords.split(" ", -1)) {
            if (!card.isEmpty()) {
                file.card(card.substring(0, card.indexOf('=')), card.substring(card.indexOf('=') + 1));
            }
        }
        byte[] bytes = file.end()
                .data(4 * width * height, data -> data.putFloat(4 * (10 * width + 31), 7))
                .bytes();
        return new FitsReader(FitsLimits.STANDARD).read(bytes, bytes.length);
    }

    private static void assertIsCentredOnTheSource(Optional<Stamp> centred) {
        Stamp stamp = centred.orElseThrow();
        assertThat(stamp.pixel(0, stamp.height() / 2, stamp.width() / 2)).isEqualTo(7);
    }

    @Test
    void aGnomonicProjectionTellsWhereTheSourceIs() {
        Optional<Stamp> centred = image(63, 43, GNOMONIC).centredOn(RIGHT_ASCENSION, DECLINATION);
        assertIsCentredOnTheSource(centred);
        assertThat(centred.orElseThrow().width()).isEqualTo(63);
        assertThat(centred.orElseThrow().height()).isEqualTo(65); // 32 rows above the source, and as many below
        assertThat(centred.orElseThrow().pixel(0, 0, 31)).isNaN();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CRPIX1=32.0 CRPIX2=11.0",
                "CRPIX1=32.3 CRPIX2=10.8 CRVAL1=180.0 CRVAL2=60.0",
                "CRPIX1=32.0 CRPIX2=11.0 CTYPE1='RA---TPV' CTYPE2='DEC--TPV' CRVAL1=180.0 CRVAL2=60.0"
            })
    void aReferencePixelAtTheSourceNeedsNoProjection(String keywords) {
        assertIsCentredOnTheSource(image(63, 43, keywords).centredOn(180, 60));
    }

    @Test
    void axesInTheOtherOrderAreRecognised() {
        String swapped = "CTYPE1='DEC--TAN' CTYPE2='RA---TAN' CRPIX1=-500.0 CRPIX2=300.0 CRVAL1=60.0 CRVAL2=180.0"
                + " CD1_1=1.4E-4 CD1_2=2.4E-4 CD2_1=-2.4E-4 CD2_2=1.4E-4";
        assertIsCentredOnTheSource(image(63, 43, swapped).centredOn(RIGHT_ASCENSION, DECLINATION));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''",
                "CTYPE1='RA---TPV' CTYPE2='DEC--TPV' CRPIX1=-500.0 CRPIX2=300.0 CRVAL1=170.0 CRVAL2=60.0 CD1_1=2E-4 CD2_2=2E-4",
                "CRPIX1=0.0 CRPIX2=0.0 CRVAL1=0.0 CRVAL2=0.0",
                "CRPIX1=2000.0 CRPIX2=1500.0 CRVAL1=180.0 CRVAL2=60.0",
                "CRPIX1=x CRPIX2=11.0"
            })
    void anOblongImageThatDoesNotTellIsNotCentred(String keywords) {
        assertThat(image(63, 43, keywords).centredOn(180, 60)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "63; 63; ''",
                "62; 63; ''",
                "63; 63; CRPIX1=2000.0 CRPIX2=1500.0 CRVAL1=180.0 CRVAL2=60.0",
                "63; 63; CRPIX1=32.4 CRPIX2=31.2",
                "64; 64; CRPIX1=32.5 CRPIX2=32.5"
            })
    void aWholeImageStaysAsItIs(int width, int height, String keywords) {
        FitsImage image = image(width, height, keywords);
        assertThat(image.centredOn(180, 60)).hasValue(image.stamp());
    }
}
