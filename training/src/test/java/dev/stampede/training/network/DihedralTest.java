package dev.stampede.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DihedralTest {
    private static final float[] SQUARE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void theFirstIsTheIdentity() {
        assertThat(moved(Dihedral.IDENTITY)).containsExactly(SQUARE);
    }

    @Test
    void theSecondIsAQuarterTurn() {
        assertThat(moved(1)).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
    }

    @Test
    void theFifthIsTheTransposition() {
        assertThat(moved(4)).containsExactly(1, 4, 7, 2, 5, 8, 3, 6, 9);
    }

    @Test
    void allEightDifferAndKeepTheCentre() {
        Set<List<Float>> all = new HashSet<>();
        for (int which = 0; which < Dihedral.COUNT; which++) {
            float[] moved = moved(which);
            assertThat(moved).containsExactlyInAnyOrder(SQUARE);
            assertThat(moved[4]).isEqualTo(5);
            all.add(List.of(moved[0], moved[1], moved[2], moved[3]));
        }
        assertThat(all).hasSize(8);
    }

    private static float[] moved(int which) {
        float[] target = new float[11];
        new Dihedral(3).apply(which, SQUARE, 0, target, 2);
        assertThat(target[1]).isZero();
        return Arrays.copyOfRange(target, 2, 11);
    }
}
