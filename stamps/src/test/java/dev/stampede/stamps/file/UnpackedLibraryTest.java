package dev.stampede.stamps.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnpackedLibraryTest {
    @Test
    void theFolderOfALibraryIsDeletedOnceItIsLoaded() {
        String temporary = System.getProperty("java.io.tmpdir");
        List<Path> folders = new ArrayList<>();

        UnpackedLibrary.load(() -> {
            folders.add(Path.of(System.getProperty("java.io.tmpdir")));
            write(folders.get(0).resolve("library.so"));
        });

        assertThat(folders.get(0)).doesNotExist();
        assertThat(folders.get(0).getParent()).isEqualTo(Path.of(temporary));
        assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(temporary);
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "code");
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void aLibraryThatCannotBeLoadedIsLeftToItsUser() {
        String temporary = System.getProperty("java.io.tmpdir");

        UnpackedLibrary.load(() -> {
            throw new UnsatisfiedLinkError("failed to map segment: Operation not permitted");
        });

        assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(temporary);
    }
}
