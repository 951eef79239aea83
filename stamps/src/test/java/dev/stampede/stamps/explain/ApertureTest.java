package dev.stampede.stamps.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ApertureTest {
    private static final Aperture APERTURE = new Aperture(6, 14, 2);

    @Test
    void takesTheShareOfWhatIsAboveZero() {
        float[] map = new float[441];
        map[6 * 21 + 14] = 3;
        map[14 * 21 + 6] = 1;
        map[0] = -50;
        assertThat(APERTURE.shareOf(map, 21)).isCloseTo(0.75f, within(1e-6f));
    }

    @Test
    void countsAPixelOnItsRim() {
        float[] map = new float[441];
        map[8 * 21 + 14] = 1;
        assertThat(APERTURE.shareOf(map, 21)).isEqualTo(1);
        map[8 * 21 + 15] = 1;
        assertThat(APERTURE.shareOf(map, 21)).isEqualTo(0.5f);
    }

    @Test
    void hasNoShareOfNothing() {
        assertThat(APERTURE.shareOf(new float[441], 21)).isNaN();
    }
}
