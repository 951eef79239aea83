package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxLibrariesTest {
    @Test
    void loadsTheLibrariesFromACacheAndLeavesNothingInTheTemporaryFolder() throws IOException {
        assertThat(OnnxLibraries.load()).isSameAs(OnnxLibraries.load());
        Path cache = Path.of(System.getProperty("onnxruntime.native.path"));
        assertThat(cache.getFileName().toString()).startsWith("onnxruntime-1.");
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).hasSizeGreaterThanOrEqualTo(2).allMatch(Files::isRegularFile);
        }
        assertThat(cache.resolveSibling(cache.getFileName() + ".part")).doesNotExist();
    }

    @Test
    void acceptsOnlyACacheThatNobodyElseCanWrite(@TempDir Path folder) throws IOException {
        Path cache = folder.resolve("cache");
        assertThat(NativeCache.createPrivate(cache)).isEqualTo(cache);
        assertThat(Files.getPosixFilePermissions(cache)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(NativeCache.createPrivate(cache)).as("the second time").isEqualTo(cache);
        Path link = Files.createSymbolicLink(folder.resolve("link"), cache);
        assertThatIOException().isThrownBy(() -> NativeCache.createPrivate(link));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatIOException().isThrownBy(() -> NativeCache.createPrivate(cache));
    }
}
