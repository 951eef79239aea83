package dev.stampede.stamps.simulate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.search.Detection;
import dev.stampede.stamps.search.ExposureImage;
import dev.stampede.stamps.search.ImageStack;
import dev.stampede.stamps.search.Trajectory;
import dev.stampede.stamps.search.Velocity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthMatchTest {
    private static final int EXPOSURES = 11;
    private static final double FLUX = 100;
    /** From column 20 to column 60 within a day. */
    private static final Mover MOVER = new Mover(20.5, 30, new Velocity(40, 0), FLUX, 12);

    private static SimulatedField field() {
        List<ExposureImage> exposures = new ArrayList<>();
        for (int t = 0; t < EXPOSURES; t++) {
            exposures.add(new ExposureImage(t / 10.0, 1, 1.5, new float[1]));
        }
        return new SimulatedField(new ImageStack(1, 1, exposures), List.of(MOVER), 0);
    }

    private static TruthMatch match(int column, int row, Velocity velocity, double flux) {
        long all = (1L << EXPOSURES) - 1;
        return TruthMatch.of(new Detection(new Trajectory(column, row, velocity), 9, flux, all), field());
    }

    @Test
    void isRealAlongTheTrajectoryOfAMover() {
        TruthMatch match = match(20, 31, MOVER.velocity(), FLUX);

        assertThat(match.truth()).isEqualTo(TruthClass.REAL);
        assertThat(match.signalToNoise()).isEqualTo(12);
        assertThat(match.offsetRow()).isCloseTo(-1, within(1e-9));
        assertThat(match.offsetColumn()).isCloseTo(0.5, within(1e-9));
        assertThat(match.fwhmPixels()).isCloseTo(2.3548 * 1.5, within(1e-3)); // nothing but the point-spread function
    }

    @Test
    void isPartialIfAMoverGivesAThirdOfTheFlux() {
        // Crosses the mover at right angles in the middle; the flux within two pixels of it is a tenth of 11 exposures.
        Velocity across = new Velocity(40, 40);
        double crossing = FLUX / EXPOSURES * (1 + 2 * Math.exp(-16 / (4 * 1.5 * 1.5)));

        assertThat(match(20, 10, across, 3 * crossing).truth()).isEqualTo(TruthClass.PARTIAL);
        assertThat(match(20, 10, across, 6 * crossing).truth()).isEqualTo(TruthClass.FALSE);
    }

    @Test
    void isFalseFarFromAllMovers() {
        TruthMatch match = match(20, 50, MOVER.velocity(), FLUX);

        assertThat(match.truth()).isEqualTo(TruthClass.FALSE);
        assertThat(match.signalToNoise()).isNaN();
    }
}
