package dev.stampede.stamps.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.stampede.stamps.error.FileAccessException;
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
    void fillsAFolderOnlyWhenAllFilesAreComplete() throws IOException {
        Path target = Files.createDirectory(folder.resolve("data"));
        Path old = Files.writeString(target.resolve("a.txt"), "old");
        Path other = Files.writeString(target.resolve("other.txt"), "other");
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.fill(target, temporary -> {
                    Files.writeString(temporary.resolve("a.txt"), "new");
                    throw new IOException("disk full");
                }));
        assertThat(old).hasContent("old");
        AtomicFile.fill(target, temporary -> {
            Files.writeString(temporary.resolve("b.txt"), "new");
            return Files.writeString(temporary.resolve("a.txt"), "new");
        });
        assertThat(old).hasContent("new");
        assertThat(other).hasContent("other");
        assertThat(target).isDirectoryContaining("glob:**b.txt").isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void keepsASymbolicLink() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, out -> out.write('n'));
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("n");
    }

    @Test
    void writesADeviceDirectly() throws IOException {
        Path device = Path.of("/dev/null");
        AtomicFile.write(device, out -> out.write('n'));
        assertThat(Files.isRegularFile(device)).isFalse();
        assertThatIOException().isThrownBy(() -> AtomicFile.begin(device));
    }

    @Test
    void probesAFileWithoutTouchingIt() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        AtomicFile.requireWritable(file);
        AtomicFile.requireWritable(folder.resolve("new.txt"));
        assertThat(file).hasContent("old");
        assertThat(folder.resolve("new.txt")).doesNotExist();
        AtomicFile.requireWritableFolder(folder.resolve("x/y"));
        assertThat(folder.resolve("x/y")).isEmptyDirectory();
    }

    @Test
    void namesTheReasonThatAFileCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        Path below = file.resolve("b.txt");
        assertThatExceptionOfType(FileAccessException.class)
                .isThrownBy(() -> AtomicFile.requireWritable(folder))
                .withMessage("Cannot write " + folder + ": it is a folder.");
        assertThatExceptionOfType(FileAccessException.class)
                .isThrownBy(() -> AtomicFile.requireWritable(below))
                .withMessage("Cannot write " + below + ": there is no folder " + file + ".");
        assertThatExceptionOfType(FileAccessException.class)
                .isThrownBy(() -> AtomicFile.requireWritableFolder(file))
                .withMessage("Cannot write " + file + ": it is not a folder.");
    }

    @Test
    void doesNotReplaceAFolderWithContent() throws IOException {
        Path target = Files.createDirectory(folder.resolve("data"));
        Path old = Files.writeString(target.resolve("old.txt"), "old");
        assertThatIOException().isThrownBy(() -> AtomicFile.create(target, Files::createDirectory));
        assertThat(old).hasContent("old");
    }
}
