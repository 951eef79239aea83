package dev.stampede.stamps.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    private Path folder;

    @Test
    void deletesAFolderWithItsContentButNotWhatALinkPointsTo() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept.txt"), "kept");
        Path deep = Files.createDirectories(folder.resolve("a/b/c"));
        Files.writeString(deep.resolve("d.txt"), "d");
        Files.createSymbolicLink(deep.resolve("link"), folder);
        Folders.delete(folder.resolve("a"));
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    void ignoresAFolderThatDoesNotExist() throws IOException {
        Folders.delete(folder.resolve("absent"));
        assertThat(folder).isEmptyDirectory();
    }
}
