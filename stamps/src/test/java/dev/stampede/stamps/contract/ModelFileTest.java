package dev.stampede.stamps.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ModelFileTest {
    /** From FIPS 180-2, appendix B.1. */
    private static final String SHA_256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path directory;

    @Test
    void knowsItsBytesTheirDigestAndTheirOrigin() throws IOException {
        Path path = Files.writeString(directory.resolve("abc.onnx"), "abc");
        ModelFile file = ModelFile.read(path);
        assertThat(file.bytes()).asString(StandardCharsets.UTF_8).isEqualTo("abc");
        assertThat(file.sha256()).isEqualTo(SHA_256_OF_ABC);
        assertThat(file.origin()).isEqualTo(path.toString());
        assertThat(file).asString().contains(path.toString(), SHA_256_OF_ABC);
    }

    @Test
    void isNotChangedThroughItsBytes() {
        byte[] given = {1, 2, 3};
        ModelFile file = ModelFile.of(given, "a record");
        given[0] = 9;
        file.bytes()[1] = 9;
        assertThat(file.bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void saysThatAFileIsAbsent() {
        assertRefused(directory.resolve("none.onnx"), "does not exist", "./stampede train");
    }

    @Test
    void saysThatADirectoryIsNoModel() {
        assertRefused(directory, "is a directory", "./stampede train");
    }

    @Test
    void saysThatAFileIsEmpty() throws IOException {
        assertRefused(Files.createFile(directory.resolve("empty.onnx")), "is empty", "./stampede train");
    }

    /** A loop of symbolic links is a path that no user can read, root included. */
    @Test
    void saysThatAFileIsNotReadable() throws IOException {
        Path path = directory.resolve("secret.onnx");
        Path other = Files.createSymbolicLink(directory.resolve("other.onnx"), path);
        Files.createSymbolicLink(path, other);
        assertRefused(path, "is not readable by this user");
    }

    @Test
    void refusesAFileFarLargerThanAnyModelBeforeReadingIt() throws IOException {
        Path path = directory.resolve("huge.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        assertRefused(path, "more than 512 MiB");
    }

    @ParameterizedTest
    @FieldSource("dev.stampede.stamps.contract.ModelFile#SHIPPED")
    void readsAShippedModelByItsName(String name) {
        ModelFile file = ModelFile.read(Path.of(name));
        assertThat(file.origin()).isEqualTo("the shipped model " + name);
        assertThat(file.bytes()).hasSizeGreaterThan(100_000);
    }

    @Test
    void theFirstOfThemJudgesWhereNoneIsNamed() {
        assertThat(ModelFile.shipped().sha256())
                .isEqualTo(ModelFile.read(Path.of("vgg6")).sha256());
    }

    @Test
    void aFileOfTheSameNameIsReadByItsPath() {
        assertRefused(Path.of("./vgg6"), "does not exist");
    }

    private static void assertRefused(Path path, String... sentences) {
        assertThatThrownBy(() -> ModelFile.read(path))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContainingAll(sentences);
    }
}
