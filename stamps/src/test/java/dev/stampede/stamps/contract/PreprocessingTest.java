package dev.stampede.stamps.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessingTest {
    @ParameterizedTest
    @ValueSource(strings = {"none", "corner:1e-9:after", "centred:0:after", "corner:2.5:before", "centred:NaN:before"})
    void aPaddingIsWrittenAsItIsNamed(String option) {
        assertThat(Padding.parse(option)).hasToString(option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0:before", "0:after", "median:before", "-0.5:after", "1e-9:before"})
    void aRuleForMaskedPixelsIsWrittenAsItIsNamed(String option) {
        assertThat(MaskedPixels.parse(option)).hasToString(option);
    }
}
