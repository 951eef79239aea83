package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stampede.stamps.stamp.Plane;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneMappingTest {
    @Test
    void aModelOfOneCoaddTakesTheDifferenceImage() {
        assertThat(PlaneMapping.DEFAULT.sources(List.of(Plane.MEAN))).containsExactly(Plane.DIFFERENCE);
        assertThat(PlaneMapping.DEFAULT.sources(List.of(Plane.SCIENCE))).containsExactly(Plane.SCIENCE);
    }

    @Test
    void aModelOfSeveralCoaddsNeedsAMapping() {
        List<Plane> planes = List.of(Plane.MEDIAN, Plane.MEAN);
        assertThat(PlaneMapping.DEFAULT.sources(planes)).isEqualTo(planes);
        assertThat(PlaneMapping.parse(List.of("mean=science", "median=difference"))
                        .sources(planes))
                .containsExactly(Plane.DIFFERENCE, Plane.SCIENCE);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"median", "median=", "science=difference", "median=mean", "median=science=template"})
    void refusesWhatIsNoCoaddAndCutout(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneMapping.parse(List.of(entry)))
                .withMessageContaining("COADD=CUTOUT");
    }

    @Test
    void isWrittenAsItIsRead() {
        List<String> entries = List.of("median=difference", "sum=science");
        assertThat(PlaneMapping.parse(entries)).hasToString(String.join(",", entries));
    }
}
