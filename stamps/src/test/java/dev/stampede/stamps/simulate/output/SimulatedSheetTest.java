package dev.stampede.stamps.simulate.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes the pictures of docs/explanation/simulator.md to target/. */
class SimulatedSheetTest {
    private static final int GREEN = 0xFF2E8B57;
    private static final int RED = 0xFFC0392B;

    @ParameterizedTest
    @EnumSource(CandidateKind.class)
    void framesWhatIsRealInGreenAndTheRestInRed(CandidateKind kind) throws IOException {
        Simulator simulator = Simulator.of(SimulationSettings.standard().only(kind), 7);
        Path file = Path.of("target", "simulated-" + kind.label().replace(' ', '-') + ".png");
        SimulatedSheet.of(simulator, 30, "Simulated: " + kind.label() + ", median coadds")
                .write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getRGB(7, 31)).isEqualTo(kind.isReal() ? GREEN : RED);
    }

    @Test
    void showsAMixedBatch() throws IOException {
        Path file = Path.of("target", "simulated-mix.png");
        SimulatedSheet.of(
                        Simulator.of(SimulationSettings.standard(), 11), 60, "Simulated: a mixed batch, median coadds")
                .write(file);
        assertThat(Files.size(file)).isGreaterThan(10_000);
    }
}
