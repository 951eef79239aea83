package dev.stampede.stamps.stamp;

import static java.lang.Float.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class StampPadTest {
    private static Stamp stamp(int height, int width, float... pixels) {
        return Stamp.of(1, height, width, pixels);
    }

    @Test
    void padsWithMaskedPixelsAndKeepsTheCentre() {
        Stamp wide = stamp(1, 3, 1, 2, 3);
        assertThat(wide.centrePad(3, 3)).isEqualTo(stamp(3, 3, NaN, NaN, NaN, 1, 2, 3, NaN, NaN, NaN));
        assertThat(wide.centrePad(3, 3).centreCrop(1)).isEqualTo(stamp(1, 1, 2));
        Stamp high = stamp(4, 2, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(high.centrePad(4, 4).pixel(0, 2, 2)).isEqualTo(high.pixel(0, 2, 1));
        assertThat(wide.centrePad(1, 3)).isSameAs(wide);
        assertThatIllegalArgumentException().isThrownBy(() -> wide.centrePad(1, 2));
    }

    @Test
    void joinsPlanesAndPadsTheSmallerOnes() {
        Stamp joined = Stamp.join(List.of(stamp(1, 1, 5), stamp(1, 3, 1, 2, 3)));
        assertThat(joined).isEqualTo(Stamp.of(2, 1, 3, new float[] {NaN, 5, NaN, 1, 2, 3}));
    }
}
