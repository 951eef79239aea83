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
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
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
            5,21,19,2  | 2 planes of 21x19 (--axes n,y,x,c) or 21 exposures of 19x2 (--axes n,t,y,x --coadd-exposures
            5,21,21,12 | whose last axis looks like 12 exposures, which are no coadds; combine them with --axes n,y,x,t
            3,12,21,21 | 12 exposures are no coadds; combine them with --coadd-exposures median|lower-median|mean|sum
            21,21,3    | one stamp of 3 planes (--axes y,x,c) or 21 stamps of 21x3 pixels (--axes n,y,x)
            21,21,100  | (rows, columns, N); save np.moveaxis(a, -1, 0)
            5,3,441    | 3 flattened planes of 21x21 (--axes n,c,yx) or 5 stamps of 3x441 pixels (--axes n,y,x)
            5,441,3    | 3 flattened planes of 21x21 (--axes n,yx,c) or 5 stamps of 441x3 pixels (--axes n,y,x)
            49,49      | one stamp of 49x49 pixels (--axes y,x) or 49 stamps of 7x7 (--axes n,yx)
            1000,1024  | one stamp of 1000x1024 pixels (--axes y,x) or 1000 stamps of 32x32 (--axes n,yx)
            5,1764     | stamps of 42x42 pixels (--axes n,yx) or 4 planes of 21x21 (--axes n,cyx)
            5,1323     | 3 planes of 21x21 one after the other (--axes n,cyx) or pixel by pixel (--axes n,yxc)
            30,46      | name its axes with --axes if it is one stamp of 30x46 pixels (--axes y,x)
            """)
    void refusesAnAmbiguousShapeWithItsReadings(String axes, String readings) {
        Path file = shaped(axes);
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> StampFile.open(file))
                .withMessageStartingWith(file + " holds an array of shape [" + axes.replace(",", ", ") + "]")
                .withMessageContaining(readings);
    }

    private Path shaped(String axes) {
        int[] shape = Stream.of(axes.split(",")).mapToInt(Integer::parseInt).toArray();
        return counting(shape[0], Arrays.copyOfRange(shape, 1, shape.length));
    }

    /** The elements are their own C-order index, so an expected pixel is computed by hand from the axes. */
    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(delimiter = '|', textBlock = """
            5,6,6,2  |         | 5 | 2,6,6 | 1,2,3,1 | 72+24+6+1
            21,21    |         | 1 | 1,21,21 | 0,2,3,0 | 42+3
            5,7,6,2  | n,y,x,c | 5 | 2,7,6 | 1,2,3,1 | 84+24+6+1
            49,49    | y,x     | 1 | 1,49,49 | 0,2,3,0 | 98+3
            49,49    | n,yx    | 49 | 1,7,7 | 1,2,3,0 | 49+14+3
            6,6,3    | y,x,c   | 1 | 3,6,6 | 0,2,3,1 | 36+9+1
            5,36     | n,cyx   | 5 | 4,3,3 | 1,2,1,3 | 36+27+6+1
            5,36     | n,yxc   | 5 | 4,3,3 | 1,2,1,3 | 36+24+4+3
            5,36     | n,yx    | 5 | 1,6,6 | 1,2,1,0 | 36+12+1
            5,3,25   | n,c,yx  | 5 | 3,5,5 | 1,2,1,2 | 75+50+10+1
            2,3,5,6  | n,c,x,y | 2 | 3,6,5 | 1,2,3,2 | 90+60+18+2
            """)
    void readsTheAxesThatAreNamed(String shape, String axes, int size, String stamp, String pixel, String expected) {
        StampReading reading = axes == null
                ? StampReading.DEFAULT
                : new StampReading(Optional.of(Axes.of(axes)), Optional.empty(), List.of(), List.of());
        int[] at = Stream.of(pixel.split(",")).mapToInt(Integer::parseInt).toArray();
        try (StampFile stamps = StampFile.open(shaped(shape), reading)) {
            assertThat(stamps.size()).isEqualTo(size);
            assertThat(stamps.planes() + "," + stamps.height() + "," + stamps.width())
                    .isEqualTo(stamp);
            assertThat(stamps.stamp(at[0]).pixel(at[3], at[1], at[2]))
                    .isEqualTo(Stream.of(expected.split("\\+"))
                            .mapToInt(Integer::parseInt)
                            .sum());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            n,y       | 'n,y' are no axes of stamps
            n,y,x,y   | 'n,y,x,y' are no axes of stamps
            n,q,y,x   | 'n,q,y,x' are no axes of stamps
            n,xy      | 'n,xy' are no axes of stamps
            y,x,n     | the stamps in another axis than the first; save np.moveaxis(a, 2, 0)
            """)
    void refusesAxesThatAreNone(String axes, String problem) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Axes.of(axes))
                .withMessageContaining(problem);
    }

    @Test
    void refusesAxesThatDoNotFitTheShape() {
        Path file = counting(5, 6, 6);
        for (String axes : List.of("n,c,y,x", "n,yx", "n,t,y,x")) {
            assertThatExceptionOfType(NpyFormatException.class)
                    .isThrownBy(() -> StampFile.open(file, reading(axes, null)))
                    .withMessageContaining("--axes");
        }
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> StampFile.open(file, reading(null, ExposureCoadd.MEAN)))
                .withMessageContaining("name their axis t with --axes");
    }

    private static StampReading reading(@Nullable String axes, @Nullable ExposureCoadd coadd) {
        return new StampReading(
                Optional.ofNullable(axes).map(Axes::of), Optional.ofNullable(coadd), List.of(), List.of());
    }

    /** Four exposures of 5x5 pixels with the values 4, 1, 8, masked; 0.5 makes them floats that are not whole numbers. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"MEDIAN, 4.5", "LOWER_MEDIAN, 4.5", "MEAN, 4.8333335", "SUM, 14.5"})
    void combinesTheUnmaskedExposures(ExposureCoadd coadd, float expected) {
        Path file = folder.resolve("exposures.npy");
        float[] pixels = new float[4 * 25];
        Arrays.fill(pixels, 0, 25, 4.5f);
        Arrays.fill(pixels, 25, 50, 1.5f);
        Arrays.fill(pixels, 50, 75, 8.5f);
        pixels[75] = Float.NaN; // the others are 0: masked as well
        try (NpyWriter writer = NpyWriter.create(file, 4, 5, 5)) {
            writer.write(pixels, 0, 1);
        }
        try (StampFile stamps = StampFile.open(file, reading(null, coadd))) {
            Stamp stamp = stamps.stamp(0);
            assertThat(stamp.planes()).isEqualTo(1);
            assertThat(List.of(stamp.pixel(0, 0, 0), stamp.pixel(0, 4, 4))).containsOnly(expected);
        }
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwoOrTheLowerOne() {
        float[] exposures = {4, 1, 8, 2};
        assertThat(ExposureCoadd.MEDIAN.combine(exposures, 4, 1)).containsExactly(3);
        assertThat(ExposureCoadd.LOWER_MEDIAN.combine(exposures, 4, 1)).containsExactly(2);
        assertThat(ExposureCoadd.SUM.combine(new float[] {Float.NaN, Float.NaN}, 2, 1))
                .containsExactly(Float.NaN);
    }

    @Test
    void readsAnArrayOfAnArchive() throws IOException {
        Path one = zip("one.npz", Map.of("coadds.npy", counting(3, 6, 6)));
        Path several = zip("several.npz", Map.of("a.npy", counting(3, 6, 6), "b.npy", counting(2, 7, 7)));
        try (StampFile stamps = StampFile.open(EXAMPLES.resolve("archive.npz"))) {
            assertThat(stamps.size()).as("numpy.savez").isEqualTo(2);
        }
        try (StampFile stamps = StampFile.open(one)) {
            assertThat(stamps.stamp(2).pixel(0, 1, 2)).isEqualTo(72 + 6 + 2f);
        }
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> StampFile.open(several))
                .withMessageContaining("holds the arrays")
                .withMessageContaining("name one with --column");
        StampReading named = new StampReading(Optional.empty(), Optional.empty(), List.of("b"), List.of());
        try (StampFile stamps = StampFile.open(several, named)) {
            assertThat(stamps.height()).isEqualTo(7);
        }
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> StampFile.open(one, named))
                .withMessageContaining("holds no array 'b'; name one of [coadds]");
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> StampFile.open(counting(3, 6, 6), named))
                .withMessageContaining("leave out --column");
    }

    private Path zip(String name, Map<String, Path> arrays) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, Path> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey()));
                Files.copy(array.getValue(), zip);
                zip.closeEntry();
            }
        }
        return file;
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

    /** Of 21x21 pixels of 0 and 1 at random, two thirds are zeros; a patch of 5x5 and the last row are masked. */
    @Test
    void ofIntegersOnlyPatchesAndLinesOfZerosAreMasked() throws IOException {
        byte[] pixels = new byte[441];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 420; i++) {
            boolean isPatch = i / 21 >= 4 && i / 21 < 9 && i % 21 >= 10 && i % 21 < 15;
            pixels[i] = (byte) (isPatch || random.nextInt(3) > 0 ? 0 : 1);
        }
        for (int i = 0; i < 21; i++) { // the patch has a border that is not 0
            pixels[3 * 21 + i] = 1;
            pixels[9 * 21 + i] = 1;
            pixels[i * 21 + 9] = (byte) (i < 20 ? 1 : 0);
            pixels[i * 21 + 15] = (byte) (i < 20 ? 1 : 0);
        }
        try (StampFile stamps = StampFile.open(array("patch.npy", "|i1", "(1, 21, 21)", pixels))) {
            Stamp stamp = stamps.stamp(0);
            int masked = 0;
            for (int i = 0; i < 441; i++) {
                masked += MaskRule.NOT_FINITE_OR_ZERO.masks(stamp.pixel(0, i / 21, i % 21)) ? 1 : 0;
            }
            assertThat(masked).isEqualTo(25 + 21);
        }
    }

    @Test
    void anImageOfOneWholeNumberKeepsItAndFloatsOfFewWholeNumbersAreIntegers() throws IOException {
        try (StampFile stamps = StampFile.open(array("flat.npy", "|u1", "(1, 2, 2)", new byte[] {7, 7, 7, 7}))) {
            assertThat(stamps.stamp(0)).isEqualTo(Stamp.of(1, 2, 2, new float[] {7, 7, 7, 7}));
        }
        Path floats = folder.resolve("whole.npy");
        float[] pixels = new float[36];
        for (int i = 0; i < 36; i++) {
            pixels[i] = i % 4 - 1;
        }
        try (NpyWriter writer = NpyWriter.create(floats, 6, 6)) {
            writer.write(pixels, 0, 1);
        }
        try (StampFile stamps = StampFile.open(floats)) {
            assertThat(MaskRule.NOT_FINITE_OR_ZERO.masks(stamps.stamp(0).pixel(0, 0, 1)))
                    .isFalse();
            assertThat(stamps.stamp(0).pixel(0, 0, 1)).isBetween(-0.5f, 0.5f);
        }
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
