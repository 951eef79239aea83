package dev.stampede.stamps.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Published coadds of moving-object candidates, where they lie beside the repository. */
class RealStampsTest {
    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(RealData.folder("stamps"))) {
            return files.filter(file -> file.toString().endsWith(".npy"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyFileReadsAndNoRecipeMakesNanOfIt() throws IOException {
        int formed = 0;
        int observed = 0;
        for (Path file : files()) {
            try (StampFile stamps = StampFile.open(file)) {
                assertThat(stamps.height()).as(file.toString()).isEqualTo(21);
                for (Stamp stamp : stamps) {
                    for (Recipe recipe : List.of(Recipe.SIGMAG_UNIT_SUM, Recipe.ASINH_SNR)) {
                        formed += formsFiniteValues(recipe, stamp) ? 1 : 0;
                        observed++;
                    }
                    assertThat(PixelQuality.measure(stamp).maskedFraction()).isBetween(0f, 1f);
                }
            }
        }
        assertThat(formed).isBetween(observed * 9 / 10, observed); // a few of the false ones are blank
    }

    private static boolean formsFiniteValues(Recipe recipe, Stamp stamp) {
        float[] pixels = new float[stamp.planes() * 441];
        stamp.copyTo(pixels, 0);
        Normaliser normaliser = recipe.newNormaliser(1, 441);
        boolean formed = true;
        for (int plane = 0; plane < stamp.planes(); plane++) {
            formed &= normaliser.normalise(pixels, plane * 441, pixels, plane * 441);
        }
        for (float pixel : pixels) {
            assertThat(Float.isFinite(pixel)).isTrue();
        }
        return formed;
    }
}
