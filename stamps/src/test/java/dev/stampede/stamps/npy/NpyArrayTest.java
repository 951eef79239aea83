package dev.stampede.stamps.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.FileAccessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are written by numpy, through src/test/python/make_npy_examples.py. */
class NpyArrayTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/npy");
    private static final String PLAIN = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";

    @TempDir
    private Path folder;

    static Stream<Path> readable() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().matches(".*-v\\d\\.npy")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("readable")
    void readsEveryTypeAndOrderThatNumpyWrites(Path file) {
        boolean unsigned = file.getFileName().toString().startsWith("u");
        try (NpyArray array = NpyArray.open(file)) {
            assertThat(array.shape()).containsExactly(2L, 3L, 4L);
            float[] all = new float[24];
            array.read(0, 2, all, 0);
            for (int i = 0; i < 24; i++) {
                assertThat(all[i]).as("element %d", i).isEqualTo(unsigned ? 7 * i + 1 : 7 * i - 60);
            }
            float[] second = new float[13];
            array.read(1, 1, second, 1);
            assertThat(second[1]).isEqualTo(all[12]);
            assertThat(second[12]).isEqualTo(all[23]);
        }
    }

    @Test
    void findsAllExamples() throws IOException {
        assertThat(readable()).hasSize(34);
    }

    @Test
    void readsASingleNumberBooleansAndAnEmptyArray() {
        float[] values = new float[3];
        try (NpyArray number = NpyArray.open(EXAMPLES.resolve("number.npy"));
                NpyArray truths = NpyArray.open(EXAMPLES.resolve("truths.npy"));
                NpyArray empty = NpyArray.open(EXAMPLES.resolve("empty.npy"))) {
            number.read(0, 1, values, 0);
            assertThat(values[0]).isEqualTo(2.5f);
            truths.read(0, 3, values, 0);
            assertThat(values).containsExactly(1f, 0f, 1f);
            assertThat(empty.rows()).isZero();
            assertThat(empty.rowSize()).isEqualTo(441);
            empty.read(0, 0, values, 0);
        }
    }

    @Test
    void rejectsRowsOutOfRange() {
        try (NpyArray array = NpyArray.open(EXAMPLES.resolve("f4-little-c-v1.npy"))) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> array.read(1, 2, new float[24], 0));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> array.read(0, 2, new float[23], 0));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            refused-objects.npy | holds pickled Python objects; save with numpy.save of a float array
            refused-fields.npy | holds records of named fields; save one field with numpy.save
            refused-complex.npy | holds elements of type '<c8'; save it with astype('float32')
            refused-text.npy | holds elements of type '<U2'; save it with astype('float32')
            """, quoteCharacter = '"')
    void rejectsFilesOfNumpyThatAreNotArraysOfNumbers(String name, String message) {
        assertRefused(EXAMPLES.resolve(name), message);
    }

    private static void assertRefused(Path file, String message) {
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> NpyArray.open(file).close())
                .withMessageStartingWith(file.toString())
                .withMessageContaining(message);
    }

    private Path file(int version, String dictionary, int dataBytes) throws IOException {
        byte[] text = dictionary.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(12 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(NpyHeader.MAGIC).put((byte) version).put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        bytes.put(text).put(new byte[dataBytes]).flip();
        byte[] whole = new byte[bytes.remaining()];
        bytes.get(whole);
        return Files.write(folder.resolve("made.npy"), whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PLAIN,
                "{\"shape\":(3,),\"descr\":\"<f4\",\"fortran_order\":False}",
                "{'descr': '=f4', 'fortran_order': True, 'shape': (3L, 1L), }\n",
            })
    void readsEveryFormOfTheDictionary(String dictionary) throws IOException {
        try (NpyArray array = NpyArray.open(file(1, dictionary, 12))) {
            assertThat(array.rows()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'descr': '<f4', 'fortran_order': False, 'shape': (4,), } | needs 16 bytes and 12 are present
            {'descr': '<f4', 'fortran_order': False, 'shape': (-3,), } | impossible shape
            {'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), } | impossible shape
            {'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), } | impossible shape
            {'descr': '<f4', 'fortran_order': False, 'shape': (0, 4294967296), } | impossible shape
            {'descr': '<f4', 'fortran_order': False, 'shape': (x,), } | impossible shape
            {'descr': '<f4', 'fortran_order': False, 'shape': 3, } | a shape that is not a tuple
            {'descr': '<f4', 'fortran_order': False, 'shape': (3 | cannot be parsed from character 39
            {'descr': '<f4', 'fortran_order': Maybe, 'shape': (3,), } | neither True nor False
            {'descr': '<f4', 'fortran_order': False, } | lacks one of
            {'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3,), } | twice
            {'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'more': 1} | unknown key 'more'
            {'descr': '<f4', 'fortran_order': False, 'shape': (3,), } more | cannot be parsed from character 54
            {'descr': '', 'fortran_order': False, 'shape': (3,), } | elements of type ''
            {'descr': '?f4', 'fortran_order': False, 'shape': (3,), } | elements of type '?f4'
            {'descr': 4, 'fortran_order': False, 'shape': (3,), } | a descr that is not a string
            import os | cannot be parsed from character 0
            """)
    void rejectsADamagedHeaderAndNamesTheReason(String dictionary, String message) throws IOException {
        assertRefused(file(1, dictionary, 12), message);
    }

    @Test
    @Timeout(20)
    void readsAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        byte[] content = Files.readAllBytes(file(1, PLAIN, 12));
        Thread writer = new Thread(() -> {
            try {
                Files.write(pipe, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        try (NpyArray array = NpyArray.open(pipe)) {
            assertThat(array.rows()).isEqualTo(3);
            array.read(2, 1, new float[1], 0);
        }
        writer.join();
    }

    @Test
    void doesNotReadADeviceToItsEnd() {
        assertRefused(Path.of("/dev/zero"), "is not a .npy file");
    }

    @Test
    void rejectsAnotherVersionAndAHugeHeader() throws IOException {
        assertRefused(file(4, PLAIN, 12), ".npy version 4");
        assertRefused(file(2, PLAIN + " ".repeat(100_000), 12), "claims a header of 100057 bytes");
    }

    @Test
    void rejectsEveryTruncation() throws IOException {
        byte[] whole = Files.readAllBytes(EXAMPLES.resolve("f4-little-c-v1.npy"));
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(folder.resolve("cut.npy"), java.util.Arrays.copyOf(whole, length));
            assertThatExceptionOfType(NpyFormatException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> NpyArray.open(cut));
        }
    }

    @Test
    void rejectsATextFile() throws IOException {
        assertRefused(Files.writeString(folder.resolve("a.npy"), "1.0 2.0 3.0 4.0"), "is not a .npy file");
    }

    @Test
    void reportsAFileThatIsAbsentOrAFolder() {
        Path absent = folder.resolve("absent.npy");
        assertThatExceptionOfType(FileAccessException.class)
                .isThrownBy(() -> NpyArray.open(absent))
                .withMessage("Cannot read " + absent + ": there is no such file or folder.");
        assertRefused(folder, "is a folder");
    }

    @Test
    void reportsAFileThatBecameShorterDuringReading() throws IOException {
        Path file = file(1, PLAIN, 12);
        try (NpyArray array = NpyArray.open(file)) {
            Files.write(file, new byte[20]);
            assertThatExceptionOfType(NpyFormatException.class)
                    .isThrownBy(() -> array.read(0, 3, new float[3], 0))
                    .withMessageContaining("became shorter");
        }
    }

    static List<Long> seeds() {
        return Stream.iterate(0L, seed -> seed + 1).limit(40).toList();
    }

    /** Examples with some bytes changed, cut off or invented. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anyBytesGiveAnArrayOrTheFormatException(long seed) throws IOException {
        Random random = new Random(seed);
        List<Path> examples = readable().toList();
        Path file = folder.resolve("fuzz.npy");
        for (int round = 0; round < 250; round++) {
            byte[] bytes = Files.readAllBytes(examples.get(random.nextInt(examples.size())));
            int reach = random.nextInt(4) == 0 ? bytes.length : 72;
            for (int change = random.nextInt(5); change >= 0; change--) {
                String likely = "(),':{}0123456789TrueFalsefidO<>|";
                bytes[random.nextInt(reach)] = (byte)
                        (random.nextBoolean() ? random.nextInt(256) : likely.charAt(random.nextInt(likely.length())));
            }
            Files.write(file, bytes);
            try (NpyArray array = NpyArray.open(file)) {
                int rows = (int) Math.min(array.rows(), 3);
                array.read(array.rows() - rows, rows, new float[rows * array.rowSize()], 0);
            } catch (NpyFormatException refused) {
                assertThat(refused).hasMessageStartingWith(file.toString());
            }
        }
    }
}
