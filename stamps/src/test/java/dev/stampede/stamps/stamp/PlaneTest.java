package dev.stampede.stamps.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaneTest {
    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(Plane plane) {
        assertThat(Plane.named(plane.planeName())).contains(plane);
        assertThat(plane.isCutout()).isNotEqualTo(plane.isCoadd());
    }

    @Test
    void theImagesOfOneExposureAreCutouts() {
        assertThat(Plane.values())
                .filteredOn(Plane::isCutout)
                .containsExactly(Plane.SCIENCE, Plane.TEMPLATE, Plane.DIFFERENCE);
        assertThat(Plane.named("psf")).isEmpty();
    }

    @Test
    void refusesAPlaneTwiceAndNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plane.requireDistinct(List.of(Plane.SUM, Plane.SUM)))
                .withMessageContaining("sum,sum");
        assertThatIllegalArgumentException().isThrownBy(() -> Plane.requireDistinct(List.of()));
    }
}
