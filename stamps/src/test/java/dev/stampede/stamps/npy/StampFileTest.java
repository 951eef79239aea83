package dev.stampede.stamps.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.Requirement;
import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            5,21,21,1  | (N, rows, columns, planes); save np.moveaxis(a, -1, 1)
            5,21,21,3  | (N, rows, columns, planes); save np.moveaxis(a, -1, 1)
            5,21,19,2  | (N, rows, columns, planes); save np.moveaxis(a, -1, 1)
            5,21,21,12 | (N, rows, columns, planes); save np.moveaxis(a, -1, 1)
            3,12,21,21 | 12 exposures are no coadds; save np.median(a, axis=1)
            21,21,3    | one image (rows, columns, planes); save np.moveaxis(a, -1, 0)[np.newaxis]
            21,21,100  | (rows, columns, N); save np.moveaxis(a, -1, 0)
            49,49      | looks like one image; save a[np.newaxis] if it is one stamp, or np.reshape(a, (-1, 7, 7)) if
            21,21      | looks like one image; save a[np.newaxis] if it is one stamp
            5,1764     | 42x42 pixels or 4 planes of 21x21; save np.reshape(a, (-1, 42, 42)) or np.reshape(a, (-1, 4, 21,
            5,1323     | 3 planes of 21x21; save np.reshape(a, (-1, 3, 21, 21))
            """)
    void refusesAnotherOrderOfAxesWithTheCallThatCorrectsIt(String axes, String remedy) {
        int[] shape = Stream.of(axes.split(",")).mapToInt(Integer::parseInt).toArray();
        Path file = counting(shape[0], Arrays.copyOfRange(shape, 1, shape.length));
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> StampFile.open(file))
                .withMessageStartingWith(file + " holds an array of shape [" + shape[0] + ", ")
                .withMessageContaining(remedy);
    }

    @Test
    void scalesDoublesBeyondTheRangeOfFloat() throws IOException {
        double[] values = {1e300, -2e300, Double.NaN, 0, 3e299, Double.POSITIVE_INFINITY};
        Path large = doubles("large.npy", values);
        Path small = doubles(
                "small.npy",
                Arrays.stream(values).map(value -> value * 1e-300 * 1e-300).toArray());
        for (Path file : List.of(large, small)) {
            try (StampFile stamps = StampFile.open(file)) {
                Stamp stamp = stamps.stamp(0);
                float unit = stamp.pixel(0, 0, 0);
                assertThat(unit).isBetween(0.5f, 1f);
                assertThat(stamp.pixel(0, 0, 1)).isCloseTo(-2 * unit, within(1e-6f));
                assertThat(stamp.pixel(0, 0, 2)).isNaN();
                assertThat(stamp.pixel(0, 1, 0)).isZero();
                assertThat(stamp.pixel(0, 1, 1)).isCloseTo(0.3f * unit, within(1e-6f));
                assertThat(stamp.pixel(0, 1, 2)).isNaN();
            }
        }
    }

    private Path doubles(String name, double... values) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asDoubleBuffer().put(values);
        return array(name, "<f8", "(1, 2, 3)", data.array());
    }

    private Path array(String name, String type, String shape, byte[] data) throws IOException {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        ByteBuffer file = ByteBuffer.allocate(10 + header.length() + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(data);
        return Files.write(folder.resolve(name), file.array());
    }

    @Test
    void integersHaveNoMaskedPixelsAndGetTheirRoundingErrorBack() throws IOException {
        byte[] twice = {0, 1, 0, (byte) 200, 0, 1, 0, (byte) 200};
        try (StampFile stamps = StampFile.open(array("u1.npy", "|u1", "(2, 2, 2)", twice))) {
            Stamp stamp = stamps.stamp(0);
            assertThat(MaskRule.NOT_FINITE_OR_ZERO.masks(stamp.pixel(0, 0, 0))).isFalse();
            assertThat(stamp.pixel(0, 0, 0)).isBetween(-0.5f, 0.5f).isNotEqualTo(stamp.pixel(0, 1, 0));
            assertThat(stamp.pixel(0, 0, 1)).isBetween(0.5f, 1.5f);
            assertThat(stamp.pixel(0, 1, 1)).isBetween(199.5f, 200.5f);
            assertThat(stamps.stamp(1)).isEqualTo(stamp);
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
        assertThat(new String(bytes, 10, 65, StandardCharsets.US_ASCII).strip())
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
        assertThatExceptionOfType(FileAccessException.class)
                .isThrownBy(() -> NpyWriter.create(nowhere, 441))
                .withMessage("Cannot write " + nowhere + ": there is no such file or folder.");
    }

    @Test
    void saysThatTheDiskIsFull() {
        Path full = Path.of("/dev/full"); // Linux: every write fails as on a full disk
        Requirement.require(Files.exists(full), "this system has no /dev/full");
        try (NpyWriter writer = NpyWriter.create(full, 441)) {
            assertThatExceptionOfType(FileAccessException.class)
                    .isThrownBy(() -> writer.write(new float[441 * 100], 0, 100))
                    .withMessageStartingWith("Cannot write /dev/full: No space left");
        }
    }
}
