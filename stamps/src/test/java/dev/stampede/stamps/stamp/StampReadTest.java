package dev.stampede.stamps.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampReadTest {
    private static FloatBuffer plane(float... pixels) {
        return FloatBuffer.wrap(pixels);
    }

    @Test
    void readsPlanesInTheirOrderFromWhereTheBuffersStand() {
        FloatBuffer second = plane(9, 5, 6).position(1);
        assertThat(Stamp.read(1, 2, List.of(plane(3, 4), second)))
                .isEqualTo(Stamp.of(2, 1, 2, new float[] {3, 4, 5, 6}));
        assertThat(second.remaining()).isZero();
    }

    @Test
    void masksInfinitiesAndKeepsEveryOtherPixelToTheBit() {
        float[] pixels = {
            Float.POSITIVE_INFINITY, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY, Float.NaN, -0f, Float.MIN_VALUE
        };
        Stamp stamp = Stamp.read(1, 6, List.of(plane(pixels)));
        float[] read = new float[6];
        stamp.copyTo(read, 0);
        assertThat(read).containsExactly(Float.NaN, -Float.MAX_VALUE, Float.NaN, Float.NaN, -0f, Float.MIN_VALUE);
        assertThat(Stamp.of(1, 1, 6, pixels)).isEqualTo(stamp);
    }

    @Test
    void refusesAChannelOfAnotherSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stamp.read(1, 2, List.of(plane(1, 2), plane(1, 2, 3))))
                .withMessageContaining("3 pixels");
        assertThatIllegalArgumentException().isThrownBy(() -> Stamp.read(1, 2, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Stamp.read(0, 2, List.of(plane())));
    }
}
