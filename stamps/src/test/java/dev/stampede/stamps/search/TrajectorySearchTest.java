package dev.stampede.stamps.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrajectorySearchTest {
    private static final int SIDE = 64;
    private static final int EXPOSURES = 20;
    /** 100 to 300 pixels a day are 8 to 24 pixels in 1.9 hours. */
    private static final VelocityGrid GRID = new VelocityGrid(100, 300, 21, -20, 20, 9);

    private static final SearchSettings SETTINGS = SearchSettings.standard(GRID);
    private static final Trajectory PATH =
            new Trajectory(20, 30, GRID.velocities().get(4 * 21 + 10));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void findsAMoverWithTheLikelihoodOfItsFlux(long seed) {
        List<float[]> images = SearchFixture.noise(SIDE, EXPOSURES, 1, seed);
        SearchFixture.addMover(images, SIDE, PATH, SearchFixture.flux(20, EXPOSURES));

        Detection best = TrajectorySearch.search(SearchFixture.stack(SIDE, images), SETTINGS)
                .get(0);

        double end = SearchFixture.days(EXPOSURES - 1);
        assertThat(best.trajectory().column()).isCloseTo(PATH.column(), within(1));
        assertThat(best.trajectory().row()).isCloseTo(PATH.row(), within(1));
        assertThat(best.trajectory().columnAt(end)).isCloseTo(PATH.columnAt(end), within(1));
        assertThat(best.trajectory().rowAt(end)).isCloseTo(PATH.rowAt(end), within(1));
        // The noise of a likelihood is 1; clipping loses some exposures, and the best of the grid is chosen.
        assertThat(best.likelihood()).isCloseTo(20, within(3.5));
    }

    @Test
    void measuresTheClosedFormWithoutNoise() {
        // A thousandth of the noise, because an exact 0 is a masked pixel.
        List<float[]> images = SearchFixture.noise(SIDE, EXPOSURES, 1e-3, 1);
        double flux = SearchFixture.flux(20, EXPOSURES);
        SearchFixture.addMover(images, SIDE, PATH, flux);

        Detection best = TrajectorySearch.search(
                        SearchFixture.stack(SIDE, images), SETTINGS.withClipSigmas(Double.POSITIVE_INFINITY))
                .get(0);

        assertThat(best.trajectory()).isEqualTo(PATH);
        // The point-spread function ends at 3 sigma, beyond which 1 % of its light lies, and 0.02 % of its square.
        assertThat(best.likelihood()).isCloseTo(20, within(0.3));
        assertThat(best.flux()).isCloseTo(flux, within(0.02 * flux));
        assertThat(best.exposureCount()).isEqualTo(EXPOSURES);
    }

    @Test
    void isAStandardNormalDeviateInNoise() {
        int side = 256;
        List<float[]> images = SearchFixture.noise(side, EXPOSURES, 1, 5);
        LikelihoodImages likelihoods = LikelihoodImages.of(SearchFixture.stack(side, images), List.of(PATH.velocity()));
        LightCurve curve = new LightCurve(likelihoods);
        int[] shifts = likelihoods.shifts(PATH.velocity());
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int row = 5; row < side - 15; row++) {
            for (int column = 5; column < side - 35; column++) {
                curve.read(shifts, likelihoods.start(row, column));
                sum += curve.likelihood();
                squares += curve.likelihood() * curve.likelihood();
                count++;
            }
        }
        // Neighbours are correlated over 4 pi psf^2 = 25 pixels: some 2,000 independent values, four standard errors.
        assertThat(sum / count).isCloseTo(0, within(0.09));
        assertThat(squares / count).isCloseTo(1, within(0.13));
    }

    @Test
    void dropsAnExposureWithAnOutlier() {
        List<float[]> images = SearchFixture.noise(SIDE, EXPOSURES, 1, 2);
        SearchFixture.addMover(images, SIDE, PATH, SearchFixture.flux(15, EXPOSURES));
        double days = SearchFixture.days(7);
        SearchFixture.addSource(images.get(7), SIDE, PATH.columnAt(days), PATH.rowAt(days), SearchFixture.flux(40, 1));

        ImageStack stack = SearchFixture.stack(SIDE, images);
        Detection clipped = TrajectorySearch.search(stack, SETTINGS).get(0);
        Detection all = TrajectorySearch.search(stack, SETTINGS.withClipSigmas(Double.POSITIVE_INFINITY))
                .get(0);

        assertThat(all.keeps(7)).isTrue();
        assertThat(all.likelihood()).isGreaterThan(20);
        assertThat(clipped.keeps(7)).isFalse();
        assertThat(clipped.likelihood()).isCloseTo(15, within(3.5));
    }

    @Test
    void countsOnlyExposuresWithAGoodPixel() {
        List<float[]> images = SearchFixture.noise(SIDE, EXPOSURES, 1e-3, 2);
        SearchFixture.addMover(images, SIDE, PATH, SearchFixture.flux(30, EXPOSURES));
        for (int t = 0; t < 6; t++) { // the mover is behind a mask, as NaN or as 0
            int at = PATH.rowAt(SearchFixture.days(t)) * SIDE + PATH.columnAt(SearchFixture.days(t));
            images.get(t)[at] = t < 3 ? Float.NaN : 0;
        }
        ImageStack stack = SearchFixture.stack(SIDE, images);
        LikelihoodImages likelihoods = LikelihoodImages.of(stack, List.of(PATH.velocity()));
        LightCurve curve = new LightCurve(likelihoods);

        curve.read(likelihoods.shifts(PATH.velocity()), likelihoods.start(PATH.row(), PATH.column()));

        assertThat(curve.observations()).isEqualTo(EXPOSURES - 6);
        assertThat(curve.exposures() & 0b111111).isZero();
        assertThat(curve.likelihood()).isCloseTo(30 * Math.sqrt((EXPOSURES - 6.0) / EXPOSURES), within(0.5));
    }

    @ParameterizedTest(name = "{0} pixels")
    @ValueSource(doubles = {0, 0.5})
    void aRadiusBelowAPixelKeepsNeighboursThatAreAPixelApart(double radius) {
        List<Detection> detections = List.of(
                new Detection(new Trajectory(21, 30, PATH.velocity()), 9, 1, 1),
                new Detection(new Trajectory(20, 30, PATH.velocity()), 8, 1, 1));

        assertThat(TrajectoryClusters.best(detections, radius, 1)).isEqualTo(detections);
    }

    @Test
    void refusesAGridOfTooManyVelocities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VelocityGrid.covering(90, 90_000, -180, 180, 1, 1e-6))
                .withMessageStartingWith("a grid has up to 4194304 velocities, not 4194305 speeds at 4194305 angles");
    }

    @Test
    void keepsTheBestOfNeighboursOnly() {
        Velocity velocity = PATH.velocity();
        Velocity faster = GRID.velocities().get(4 * 21 + 20);
        List<Detection> detections = new ArrayList<>();
        detections.add(new Detection(new Trajectory(20, 30, velocity), 9, 1, 1));
        detections.add(new Detection(new Trajectory(22, 30, velocity), 11, 1, 1));
        detections.add(new Detection(new Trajectory(22, 30, faster), 10, 1, 1)); // 8 pixels further at the end
        Velocity slower = GRID.velocities().get(4 * 21 + 1);
        detections.add(new Detection(new Trajectory(29, 30, slower), 9, 1, 1)); // 7 pixels ahead at the start only
        detections.add(new Detection(new Trajectory(40, 30, velocity), 8, 1, 1));

        List<Detection> best = TrajectoryClusters.best(detections, 5, SearchFixture.days(EXPOSURES - 1));

        assertThat(best).containsExactly(detections.get(1), detections.get(2), detections.get(3), detections.get(4));
    }
}
