package dev.stampede.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everyExampleIsInOneSet(long seed) {
        Split split = Split.of(examples(), Split.Fractions.STANDARD, seed);
        Set<Integer> observed = new HashSet<>();
        for (Examples part : new Examples[] {split.fitting(), split.validation(), split.test()}) {
            IntStream.range(0, part.size()).forEach(i -> observed.add(part.stampIndex(i)));
        }
        assertThat(observed).hasSize(200);
        assertThat(split.fitting().size()
                        + split.validation().size()
                        + split.test().size())
                .isEqualTo(200);
        assertThat(split.fitting().size()).isEqualTo(140);
        assertThat(split.test().size()).isEqualTo(40);
    }

    @ParameterizedTest(name = "{0} stamps")
    @CsvSource({"109523, 76666, 10952", "10, 7, 1", "70, 49, 7", "1000, 700, 100"})
    void hasTheSizesOfTheAstroMlChapter(int stamps, int fitting, int validation) {
        assertThat(Split.Fractions.STANDARD.ends(stamps)).containsExactly(fitting, fitting + validation);
    }

    @Test
    void acceptsOtherFractions() {
        Split split = Split.of(examples(), new Split.Fractions(0.5, 0.25, 0.25), 1);
        assertThat(split.fitting().size()).isEqualTo(100);
        assertThat(split.test().size()).isEqualTo(50);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Split.Fractions(0.5, 0.5, 0.1))
                .withMessageContaining("0.5,0.5,0.1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Split.Fractions(1, 0, 0));
    }

    @Test
    void isTheSameForTheSameSeed() {
        Examples examples = examples();
        assertThat(order(Split.of(examples, Split.Fractions.STANDARD, 5)))
                .isEqualTo(order(Split.of(examples, Split.Fractions.STANDARD, 5)));
        assertThat(order(Split.of(examples, Split.Fractions.STANDARD, 5)))
                .isNotEqualTo(order(Split.of(examples, Split.Fractions.STANDARD, 6)));
    }

    @Test
    void stampsOfOneGroupStayTogether() throws IOException {
        StringBuilder truth = new StringBuilder("file,index,group\n");
        for (int i = 0; i < 100; i++) {
            truth.append("stamps_sources.npy,")
                    .append(i)
                    .append(',')
                    .append(i / 4)
                    .append('\n');
            truth.append("stamps_noise.npy,")
                    .append(i)
                    .append(',')
                    .append(i / 4)
                    .append('\n');
        }
        Files.writeString(folder.resolve("truth.csv"), truth);
        Split split = Split.of(examples(), Split.Fractions.STANDARD, 1);
        Set<String> fitted = groups(split.fitting());
        assertThat(groups(split.validation())).doesNotContainAnyElementsOf(fitted);
        assertThat(groups(split.test()))
                .doesNotContainAnyElementsOf(fitted)
                .doesNotContainAnyElementsOf(groups(split.validation()));
    }

    @Test
    void stampsForFittingOnlyAreInNoOtherSetAndTheFractionsAreThoseOfTheOthers() {
        Examples examples = examples();
        Split split = Split.of(examples, Split.Fractions.STANDARD, 1, stamp -> stamp % 2 == 0);
        for (Examples part : List.of(split.validation(), split.test())) {
            assertThat(IntStream.range(0, part.size()).map(part::stampIndex)).allMatch(stamp -> stamp % 2 == 1);
        }
        assertThat(split.fitting().size()).isEqualTo(100 + 70);
        assertThat(split.test().size()).isEqualTo(20);
    }

    @Test
    void rejectsTooFewStampsForEveryPart() {
        Examples two = Examples.of(DataFolder.read(Blobs.write(folder, 1, 1, 1)), Recipe.ASINH_SNR);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> Split.of(two, Split.Fractions.STANDARD, 1))
                .withMessageContaining("more stamps are needed");
    }

    @Test
    void detectsSwappedLabels(@TempDir Path swapped) {
        LabelCheck right = LabelCheck.of(examples(), List.of(Plane.MEDIAN), 1);
        assertThat(right.looksSwapped()).isFalse();
        assertThat(right.realLikeness()).isGreaterThan(0.4);
        assertThat(right.bogusLikeness()).isCloseTo(0, offset(0.05));
        Examples wrong = Examples.of(DataFolder.read(Blobs.writeSwapped(swapped, 100, 100, 1)), Recipe.ASINH_SNR);
        assertThat(LabelCheck.of(wrong, List.of(Plane.MEDIAN), 1).looksSwapped())
                .isTrue();
    }

    private Examples examples() {
        return Examples.of(DataFolder.read(Blobs.write(folder, 100, 100, 1)), Recipe.ASINH_SNR);
    }

    private static int[] order(Split split) {
        return IntStream.range(0, split.test().size())
                .map(split.test()::stampIndex)
                .toArray();
    }

    private static Set<String> groups(Examples part) {
        Set<String> groups = new HashSet<>();
        for (int i = 0; i < part.size(); i++) {
            groups.add(part.source().group(part.stampIndex(i)));
        }
        return groups;
    }
}
