package dev.stampede.stamps.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.StampedeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    private final FileTime longAgo = FileTime.from(Instant.now().minusSeconds(3600));

    @TempDir
    private Path parent;

    @Test
    void deletesItselfWithItsContent() throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.create(parent, "test")) {
            Files.writeString(folder.path().resolve("a.txt"), "a");
            assertThat(folder.path().getParent()).isEqualTo(parent);
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void deletesWhatAKilledProcessHasLeftAndNothingElse() throws IOException {
        Path abandoned = folder("stampede-test-1", true);
        Path ofAnotherPurpose = folder("stampede-other-1", true);
        Path foreign = folder("stampede-test-2", false);
        try (TemporaryFolder inUse = TemporaryFolder.create(parent, "test")) {
            Files.setLastModifiedTime(inUse.path().resolve("owner.lock"), longAgo);
            TemporaryFolder.create(parent, "test").close();
            assertThat(abandoned).doesNotExist();
            assertThat(inUse.path()).exists();
            assertThat(ofAnotherPurpose).exists();
            assertThat(foreign).exists();
        }
    }

    private Path folder(String name, boolean hasLock) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Path file = Files.writeString(folder.resolve(hasLock ? "owner.lock" : "other"), "");
        Files.setLastModifiedTime(file, longAgo);
        return folder;
    }

    @Test
    void namesTheRemedyIfTheParentIsMissing() {
        Path missing = parent.resolve("missing");
        assertThatExceptionOfType(StampedeException.class)
                .isThrownBy(() -> TemporaryFolder.create(missing, "test"))
                .withMessage("Cannot write to the temporary folder " + missing
                        + ": there is no such file or folder. Free space in it, or name another one:"
                        + " STAMPEDE_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER.");
    }

    @Test
    void aFileWithoutANameCanBeWrittenAndRead() throws IOException {
        try (FileChannel file = TemporaryFolder.unnamedFile()) {
            file.write(ByteBuffer.wrap(new byte[] {7}));
            ByteBuffer back = ByteBuffer.allocate(1);
            file.read(back, 0);
            assertThat(back.get(0)).isEqualTo((byte) 7);
        }
    }
}
