package dev.stampede.stamps.simulate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.stamps.stamp.Plane;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchSimulatorTest {
    private static final FieldSettings BRIGHT = new FieldSettings(128, 16, 16, 2, 2, 8, 25, 40, 90, 400, 15);
    private static final SearchSimulator SIMULATOR =
            SearchSimulator.of(new SearchSimulation(BRIGHT, List.of(Plane.MEAN), 21, 5, 2), 4);

    @Test
    void findsBrightMoversOnceAtTheirSignalToNoise() {
        List<SearchedCandidate> real = SIMULATOR.candidates(0).stream()
                .filter(candidate -> candidate.truth() == TruthClass.REAL)
                .toList();

        List<Mover> movers = FieldSimulator.of(BRIGHT, 4).field(0).movers();
        // Movers may leave the image or pass behind a mask.
        assertThat(real).hasSizeBetween(movers.size() / 2, movers.size());
        assertThat(real.stream().map(SearchedCandidate::signalToNoise)).doesNotHaveDuplicates();
        assertThat(real).allSatisfy(candidate -> {
            // Masks, clipping, the wing of the point-spread function and rounding cost likelihood; a neighbour may add
            // some.
            assertThat(candidate.detection().likelihood() / candidate.signalToNoise())
                    .isBetween(0.5, 1.4);
            assertThat(Math.hypot(candidate.offsetRow(), candidate.offsetColumn()))
                    .isLessThan(TruthMatch.MAX_DISTANCE);
        });
    }

    @Test
    void ordersTheCandidatesOfAFieldByLikelihood() {
        List<SearchedCandidate> candidates = SIMULATOR.candidates(1);

        assertThat(candidates)
                .isSortedAccordingTo((one, other) -> Double.compare(
                        other.detection().likelihood(), one.detection().likelihood()));
        assertThat(candidates).allSatisfy(candidate -> {
            assertThat(candidate.detection().likelihood()).isGreaterThanOrEqualTo(5);
            assertThat(candidate.detection().exposureCount()).isBetween(8, 16);
            assertThat(candidate.field()).isEqualTo(1);
        });
    }

    @Test
    void refusesMoversThatCrossMoreThanAnImage() {
        assertThatThrownBy(() -> new FieldSettings(128, 16, 16, 2, 24, 8, 25, 40, 90, 400, 15))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than an image");
    }
}
