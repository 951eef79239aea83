package dev.stampede.stamps.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefinedSearchTest {
    /** What the model would say at a position. */
    private interface Answer {
        double at(int row, int column);
    }

    private static RefinedSearch run(int side, double original, Answer answer) {
        RefinedSearch search = new RefinedSearch(side);
        for (int repeat = 0; repeat < 2; repeat++) { // it is used anew for each stamp
            search.begin((float) original);
            Set<Integer> scored = new HashSet<>();
            do {
                for (int place = 0; place < search.requested(); place++) {
                    int position = search.requested(place);
                    assertThat(scored.add(position))
                            .as("position %d is new", position)
                            .isTrue();
                    search.record(position, (float) answer.at(position / side, position % side));
                }
            } while (search.advance());
            assertThat(search.passes()).isEqualTo(scored.size());
        }
        return search;
    }

    @ParameterizedTest(name = "side {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17, 18, 21, 30})
    void leavesNoPositionWithoutAProbability(int side) {
        RefinedSearch flat = run(side, 0.5, (row, column) -> 0.5);
        for (int position = 0; position < side * side; position++) {
            assertThat(flat.probability(position)).isEqualTo(0.5f);
        }
    }

    @Test
    void scoresTheCoarseGridAloneWhereNothingMoves() {
        assertThat(run(17, 1, (row, column) -> 1.0).passes()).isEqualTo(25);
    }

    @Test
    void scoresEveryPositionWhereEverythingMoves() {
        RefinedSearch search = run(17, 0, (row, column) -> row / 2 % 2);
        assertThat(search.passes()).isEqualTo(25); // alike at every coarse point: what the coarse grid cannot see
        RefinedSearch steps = run(17, 0.5, (row, column) -> row / 3 % 2);
        assertThat(steps.passes()).isGreaterThan(150);
    }

    @Test
    void keepsWhatWasScoredAndInterpolatesTheRest() {
        RefinedSearch search = run(17, 0.8, (row, column) -> 0.8 + 0.0005 * row);
        for (int position = 0; position < 289; position++) {
            int row = position / 17;
            assertThat((double) search.probability(position)).isCloseTo(0.8 + 0.0005 * row, within(1e-6));
        }
        assertThat(search.passes()).isEqualTo(25);
    }

    @Test
    void looksCloserAtASourceThatIsAboutToBeHidden() {
        // The probability has hardly moved at the coarse points; its logit has.
        RefinedSearch search = run(17, 0.99988, (row, column) -> {
            double logit = 9 - 14 * Math.exp(-(Math.pow(row - 6, 2) + Math.pow(column - 6, 2)) / 12);
            return 1 / (1 + Math.exp(-logit));
        });
        assertThat(search.probability(6 * 17 + 6)).isCloseTo(0.0067f, within(1e-3f));
        assertThat(search.passes()).isLessThan(120);
    }
}
