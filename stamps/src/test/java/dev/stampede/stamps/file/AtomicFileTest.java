package dev.stampede.stamps.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void replacesAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        AtomicFile.write(file, out -> out.write('n'));
        assertThat(file).hasContent("n");
        assertThat(folder).isDirectoryContaining("glob:**a.txt").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void leavesTheOldFileAndNothingElseAfterAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write('n');
                    throw new IOException("disk full");
                }));
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void createsAWholeFolder() throws IOException {
        Files.createDirectories(folder.resolve("data.part/stale")); // left by a process that was killed
        Path target = folder.resolve("data");
        int files = AtomicFile.create(target, temporary -> {
            Files.createDirectory(temporary);
            Files.writeString(temporary.resolve("b.txt"), "b");
            assertThat(target).doesNotExist();
            return 1;
        });
        assertThat(files).isEqualTo(1);
        assertThat(target).isDirectoryContaining("glob:**b.txt").isDirectoryNotContaining("glob:**stale");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void doesNotReplaceAFolderWithContent() throws IOException {
        Path target = Files.createDirectory(folder.resolve("data"));
        Path old = Files.writeString(target.resolve("old.txt"), "old");
        assertThatIOException().isThrownBy(() -> AtomicFile.create(target, Files::createDirectory));
        assertThat(old).hasContent("old");
    }
}
