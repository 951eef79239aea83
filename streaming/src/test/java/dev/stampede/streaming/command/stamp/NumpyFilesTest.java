package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.RealData;
import dev.stampede.streaming.command.CommandOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layouts and element types of arrays that other programs write, with the shipped model. */
class NumpyFilesTest {
    /** Half a unit of the coarsest type is 1 % of the noise of these stamps. */
    private static final float ROUNDING = 0.02f;

    private static CommandOutput classify(String file) {
        return CommandOutput.by("classify", RealData.folder("faults/npy").resolve(file), "--json");
    }

    private static List<Float> probabilities(String file) throws IOException {
        List<Float> probabilities = new ArrayList<>();
        for (String line : classify(file).out().lines().toList()) {
            probabilities.add(
                    new ObjectMapper().readTree(line).get("probability").floatValue());
        }
        return probabilities;
    }

    private static void assertClose(List<Float> actual, List<Float> expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).as("stamp %d", i).isCloseTo(expected.get(i), within(tolerance));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            channels_last_5x21x21x1.npy       | np.moveaxis(a, -1, 1)
            kbmod_all_stamps_3x12x21x21.npy   | 12 exposures are no coadds; save np.median(a, axis=1)
            flattened_4_channels_5x1764.npy   | np.reshape(a, (-1, 4, 21, 21))
            single_49x49.npy                  | a[np.newaxis]
            """)
    void refusesAnotherOrderOfAxes(String file, String remedy) {
        CommandOutput output = classify(file);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.out()).isEmpty();
        assertThat(output.err()).contains(file, remedy).hasLineCount(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"type_u2_5x1x21x21.npy", "type_f2_5x1x21x21.npy"})
    void readsEveryElementType(String file) throws IOException {
        assertClose(probabilities(file), probabilities("type_i4_5x1x21x21_control.npy"), ROUNDING);
    }

    @Test
    void aZeroOfAnIntegerIsAValue() throws IOException {
        List<Float> zeros = probabilities("int16_true_zeros_offset0_5x1x21x21.npy");
        // The rounding of 100 + x to float is 1e-5 of the noise.
        assertClose(zeros, probabilities("int16_true_zeros_offset100_5x1x21x21.npy"), 1e-3f);
        assertThat(classify("int16_true_zeros_offset0_5x1x21x21.npy").out()).doesNotContain("MASKED");
    }
}
