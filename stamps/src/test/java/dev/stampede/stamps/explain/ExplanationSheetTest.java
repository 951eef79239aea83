package dev.stampede.stamps.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.explain.OcclusionSettings.Definition;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.score.SlidingModel;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.stamp.Stamp;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationSheetTest {
    /** Where the image of the first panel begins, and the pixels of the picture a stamp pixel takes. */
    private static final int LEFT = 14 + 34;

    private static final int TOP = 26 + 20;
    private static final int ZOOM = 9;
    private static final int PANEL = 34 + 21 * ZOOM + 62;

    private static final Stamp SOURCE = SlidingModel.stamp(6, 14, 5, 1);

    private static ExplanationSheet sheet(Stamp... stamps) {
        ExplanationSheet sheet = new ExplanationSheet(21, Definition.DROP);
        try (StampModel classifier = StampModel.open(SlidingModel.file(Recipe.ASINH_SNR));
                Explainer explainer = Explainer.of(classifier, OcclusionSettings.standard(), 64)) {
            List<Explanation> explanations = explainer.explain(List.of(stamps));
            for (int i = 0; i < stamps.length; i++) {
                sheet.add(stamps[i], explanations.get(i), "stamp " + i);
            }
        }
        return sheet;
    }

    private static int rgb(BufferedImage picture, int panel, int row, int column) {
        return picture.getRGB(LEFT + panel * PANEL + column * ZOOM + 4, TOP + row * ZOOM + 4) & 0xFFFFFF;
    }

    @Test
    void drawsStampAndMapUpright() {
        BufferedImage picture = sheet(SOURCE).picture();
        assertThat(rgb(picture, 0, 6, 14) & 0xFF).isGreaterThan(200);
        assertThat(rgb(picture, 0, 14, 6) & 0xFF).isLessThan(150);
        int onSource = rgb(picture, 1, 6, 14);
        assertThat(onSource >> 16).isGreaterThan((onSource & 0xFF) + 80); // red
        int transposed = rgb(picture, 1, 14, 6);
        assertThat(Math.abs((transposed >> 16) - (transposed & 0xFF))).isLessThan(20); // white
    }

    @Test
    void drawsWhatCannotBeJudgedWithoutAMap() {
        Stamp masked = Stamp.of(1, 21, 21, new float[441]);
        BufferedImage picture = sheet(masked, Stamp.of(1, 3, 3, new float[9])).picture();
        assertThat(rgb(picture, 0, 10, 10)).isEqualTo(ExplanationColours.MASKED);
        assertThat(rgb(picture, 1, 10, 10)).isEqualTo(0xFFFFFF);
    }

    @Test
    void putsManyInTwoColumns() {
        BufferedImage one = sheet(SOURCE).picture();
        BufferedImage four = sheet(SOURCE, SOURCE, SOURCE, SOURCE).picture();
        assertThat(four.getWidth()).isBetween(2 * one.getWidth() - 20, 2 * one.getWidth());
        assertThat(four.getHeight()).isBetween(2 * one.getHeight() - 20, 2 * one.getHeight());
    }

    @Test
    void writesAPng(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sheet.png");
        sheet(SOURCE).write(file);
        assertThat(ImageIO.read(file.toFile()).getWidth())
                .isEqualTo(sheet(SOURCE).picture().getWidth());
    }
}
