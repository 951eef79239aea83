package dev.stampede.stamps.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.stamps.stamp.Stamp;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
    private static final int MASK = 0xFF000000 | ColourMap.MASKED;

    /** Pixels 1 to 9 in a 3x3 stamp, with the middle one replaced. */
    private static Stamp ramp(float middle) {
        return Stamp.of(1, 3, 3, new float[] {1, 2, 3, 4, middle, 6, 7, 8, 9});
    }

    @Test
    void paintsTheDarkestBlackTheBrightestWhiteAndEnlargesWithoutSmoothing() {
        BufferedImage image =
                new ContactSheet("", 2, 4, ColourMap.GREY).add(ramp(5), "").picture();
        int left = 6 + 2;
        int top = 6 + 2;
        for (int i = 0; i < 4; i++) {
            assertThat(image.getRGB(left + i, top)).isEqualTo(0xFF000000);
            assertThat(image.getRGB(left + 11, top + 8 + i)).isEqualTo(0xFFFFFFFF);
        }
        assertThat(image.getRGB(left + 5, top + 5)).isEqualTo(0xFF808080);
    }

    @Test
    void paintsMaskedPixelsInAColourOfTheirOwn() {
        for (float masked : new float[] {Float.NaN, 0}) {
            BufferedImage image = new ContactSheet("", 1, 1, ColourMap.GREY)
                    .add(ramp(masked), "")
                    .picture();
            assertThat(image.getRGB(6 + 2 + 1, 6 + 2 + 1)).isEqualTo(MASK);
        }
    }

    @Test
    void showsABlankAndAFlatStampWithoutFailing() {
        Stamp flat = Stamp.of(1, 1, 2, new float[] {7, 7});
        Stamp blank = Stamp.of(1, 1, 2, new float[2]);
        BufferedImage image = new ContactSheet("", 2, 1, ColourMap.GREY)
                .add(flat, "")
                .add(blank, "")
                .picture();
        assertThat(image.getRGB(8, 8)).isEqualTo(0xFF808080);
        assertThat(image.getRGB(8 + 2 + 4 + 6, 8)).isEqualTo(MASK);
    }

    @Test
    void drawsFramesTitleAndCaptions() {
        BufferedImage bare = new ContactSheet("a title", 1, 20, ColourMap.GREY)
                .add(ramp(5), "")
                .picture();
        BufferedImage full = new ContactSheet("a title", 1, 20, ColourMap.GREY)
                .add(ramp(5), "caption", Color.RED)
                .picture();
        assertThat(full.getRGB(6, 30)).isEqualTo(Color.RED.getRGB());
        assertThat(bare.getRGB(6, 30)).isEqualTo(Color.WHITE.getRGB());
        assertThat(inkIn(full, 0, 30)).isPositive();
        assertThat(inkIn(full, 30 + 64, full.getHeight())).isPositive();
        assertThat(inkIn(bare, 30 + 64, bare.getHeight())).isZero();
    }

    @Test
    void keepsTheColumnsWhereOneIsLeftFree() {
        BufferedImage image = new ContactSheet("", 2, 1, ColourMap.GREY)
                .skip("")
                .add(ramp(Float.NaN), "")
                .picture();
        int cell = 3 + 4 + 6;
        assertThat(image.getRGB(6 + 2 + 1, 6 + 2 + 1)).isEqualTo(Color.WHITE.getRGB());
        assertThat(image.getRGB(6 + cell + 2 + 1, 6 + 2 + 1)).isEqualTo(MASK);
    }

    private static int inkIn(BufferedImage image, int top, int bottom) {
        int dark = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                dark += (image.getRGB(x, y) & 0xFF) < 128 ? 1 : 0;
            }
        }
        return dark;
    }

    @Test
    void writesAPngThatReadsBack(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sheet.png");
        ContactSheet sheet = new ContactSheet("three", 2, 3, ColourMap.CUBEHELIX)
                .add(ramp(5), "a")
                .add(ramp(5), "b")
                .add(ramp(5), "c");
        sheet.write(file);
        BufferedImage back = ImageIO.read(file.toFile());
        assertThat(back.getWidth()).isEqualTo(sheet.picture().getWidth());
        assertThat(back.getRGB(20, 40)).isEqualTo(sheet.picture().getRGB(20, 40));
    }

    @Test
    void risesInLightnessAlongBothMaps() {
        for (ColourMap map : ColourMap.values()) {
            double before = -1;
            for (int i = 0; i <= 20; i++) {
                int rgb = map.rgb(i / 20.0);
                // The weights of the sRGB primaries in perceived lightness, as the cubehelix takes them.
                double lightness = 0.30 * (rgb >> 16 & 255) + 0.59 * (rgb >> 8 & 255) + 0.11 * (rgb & 255);
                assertThat(lightness).as("%s at %d/20", map, i).isGreaterThan(before);
                before = lightness;
            }
        }
    }

    @Test
    void refusesNoColumnsAndNoZoom() {
        assertThatThrownBy(() -> new ContactSheet("", 0, 1, ColourMap.GREY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ContactSheet("", 1, 0, ColourMap.GREY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
