package dev.stampede.stamps.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.Requirement;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampFileTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/npy");

    @TempDir
    private Path folder;

    /** An array of that shape whose element with the C-order index i is i. */
    private Path counting(int rows, int... rowShape) {
        Path file = folder.resolve("counting.npy");
        int rowSize = 1;
        for (int length : rowShape) {
            rowSize *= length;
        }
        float[] values = new float[rows * rowSize];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        try (NpyWriter writer = NpyWriter.create(file, rowShape)) {
            writer.write(values, 0, rows);
        }
        return file;
    }

    @Test
    void readsFlatRowsAsSquares() {
        try (StampFile stamps = StampFile.open(counting(3, 441))) {
            assertThat(stamps.size()).isEqualTo(3);
            assertThat(stamps.stamp(2).pixel(0, 1, 2)).isEqualTo(2 * 441 + 21 + 2f);
        }
    }

    @Test
    void readsOnePlane() {
        try (StampFile stamps = StampFile.open(counting(3, 4, 5))) {
            assertThat(List.of(stamps.planes(), stamps.height(), stamps.width()))
                    .containsExactly(1, 4, 5);
            assertThat(stamps.stamp(1).pixel(0, 2, 3)).isEqualTo(20 + 10 + 3f);
        }
    }

    @Test
    void readsSeveralPlanes() {
        try (StampFile stamps = StampFile.open(counting(2, 3, 4, 5))) {
            assertThat(List.of(stamps.planes(), stamps.height(), stamps.width()))
                    .containsExactly(3, 4, 5);
            assertThat(stamps.stamp(1).pixel(2, 3, 4)).isEqualTo(119f);
        }
    }

    @Test
    void fortranOrderGivesTheSameStamps() {
        try (StampFile stamps = StampFile.open(EXAMPLES.resolve("f8-big-c-v1.npy"));
                StampFile fortran = StampFile.open(EXAMPLES.resolve("f8-big-fortran-v1.npy"))) {
            assertThat(fortran).containsExactlyElementsOf(stamps);
        }
    }

    @Test
    void readsInAnyOrderAcrossItsBlocks() {
        try (StampFile stamps = StampFile.open(counting(200, 441))) {
            for (int i = 0; i < 400; i++) {
                int index = (i * 77) % 200;
                assertThat(stamps.stamp(index).pixel(0, 20, 20)).isEqualTo(index * 441 + 440f);
            }
            List<Float> firsts = new ArrayList<>();
            stamps.forEach(stamp -> firsts.add(stamp.pixel(0, 0, 0)));
            assertThat(firsts).hasSize(200).startsWith(0f, 441f).endsWith(199 * 441f);
        }
    }

    @Test
    void anEmptyArrayHoldsNoStamps() {
        try (StampFile stamps = StampFile.open(EXAMPLES.resolve("empty.npy"))) {
            assertThat(stamps.size()).isZero();
            assertThat(stamps).isEmpty();
            assertThat(stamps.height()).isEqualTo(21);
            assertThatExceptionOfType(NoSuchElementException.class)
                    .isThrownBy(() -> stamps.iterator().next());
        }
        try (StampFile stamps = StampFile.open(counting(0))) {
            assertThat(stamps.size()).isZero();
            assertThat(stamps.planes()).isZero();
        }
    }

    @Test
    void refusesArraysThatAreNoStamps() {
        for (int[] rowShape : List.of(new int[] {440}, new int[] {}, new int[] {1, 1, 2, 2})) {
            Path file = counting(3, rowShape);
            assertThatExceptionOfType(NpyFormatException.class)
                    .isThrownBy(() -> StampFile.open(file))
                    .withMessageStartingWith(file + " holds an array of shape [3")
                    .withMessageContaining("reshape it");
        }
    }

    @Test
    void refusesAnIndexOutside() {
        try (StampFile stamps = StampFile.open(counting(3, 441))) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> stamps.stamp(3));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> stamps.stamp(-1));
        }
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Path file = folder.resolve("written.npy");
        float[] pixels = {1.5f, -2e30f, Float.NaN, 0f, -0f, 1e-42f};
        Stamp stamp = Stamp.of(1, 2, 3, pixels);
        try (NpyWriter writer = NpyWriter.create(file, 2, 3)) {
            writer.write(stamp);
            writer.write(stamp);
        }
        try (StampFile stamps = StampFile.open(file)) {
            assertThat(stamps).containsExactly(stamp, stamp);
        }
    }

    @Test
    void aLongArrayIsWrittenWithAHeaderThatNumpyReads() throws IOException {
        byte[] bytes = Files.readAllBytes(counting(70_000, 2));
        assertThat(bytes.length % 64).isEqualTo((70_000 * 8) % 64);
        assertThat(new String(bytes, 10, 65, java.nio.charset.StandardCharsets.US_ASCII).strip())
                .isEqualTo("{'descr': '<f4', 'fortran_order': False, 'shape': (70000, 2), }");
    }

    @Test
    void aFileThatIsStillBeingWrittenIsRefused() {
        Path file = folder.resolve("unfinished.npy");
        try (NpyWriter writer = NpyWriter.create(file, 441)) {
            writer.write(new float[441 * 100], 0, 100);
            assertThatExceptionOfType(NpyFormatException.class).isThrownBy(() -> StampFile.open(file));
        }
    }

    @Test
    void refusesToWriteAStampOfAnotherSize() {
        try (NpyWriter writer = NpyWriter.create(folder.resolve("a.npy"), 21, 21)) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> writer.write(Stamp.of(1, 1, 2, new float[2])));
        }
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> NpyWriter.create(folder.resolve("b.npy"), 0));
    }

    @Test
    void saysThatAFileCannotBeWritten() {
        Path nowhere = folder.resolve("no such folder/a.npy");
        assertThatExceptionOfType(NpyAccessException.class)
                .isThrownBy(() -> NpyWriter.create(nowhere, 441))
                .withMessage("cannot write " + nowhere + ": there is no such file or folder");
    }

    @Test
    void saysThatTheDiskIsFull() {
        Path full = Path.of("/dev/full"); // Linux: every write fails as on a full disk
        Requirement.require(Files.exists(full), "this system has no /dev/full");
        try (NpyWriter writer = NpyWriter.create(full, 441)) {
            assertThatExceptionOfType(NpyAccessException.class)
                    .isThrownBy(() -> writer.write(new float[441 * 100], 0, 100))
                    .withMessageStartingWith("cannot write /dev/full: No space left");
        }
    }
}
