package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.FileAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OutputFilesTest {
    @TempDir
    Path folder = Path.of("");

    private static OutputFiles output(String... options) {
        return CommandLine.populateCommand(new OutputFiles(), options);
    }

    private static void assertRefused(Path path, ThrowingCallable check) {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(check)
                .withMessage(path + " exists; --force overwrites it.")
                .returns(2, CommandException::exitCode);
    }

    @Test
    void refusesAFileThatExistsUnlessForced() throws IOException {
        Path file = folder.resolve("model.onnx");
        output().requireFile(file);
        assertThat(file).doesNotExist();
        Files.writeString(file, "old");
        assertRefused(file, () -> output().requireFile(file));
        output("--force").requireFile(file);
        assertThat(file).hasContent("old");
    }

    @Test
    void refusesAFolderWithFilesUnlessForced() throws IOException {
        Path report = folder.resolve("new/report");
        output().requireFolder(report);
        assertThat(report).isEmptyDirectory();
        Files.writeString(report.resolve("report.part"), "of a process that was killed");
        output().requireFolder(report);
        Files.writeString(report.resolve("report.html"), "old");
        assertRefused(report, () -> output().requireFolder(report));
        output("--force").requireFolder(report);
        assertThat(report.resolve("report.html")).hasContent("old");
    }

    @Test
    void overwritesForACommandThatContinuesARun() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "old");
        OutputFiles resumed = output();
        resumed.force();
        assertThatCode(() -> resumed.requireFile(file)).doesNotThrowAnyException();
    }

    @Test
    void writesToADevice() {
        assertThatCode(() -> output().requireFile(Path.of("/dev/null"))).doesNotThrowAnyException();
    }

    @Test
    void doesNotOfferToReplaceAFolderByAFile() throws IOException {
        Files.writeString(folder.resolve("file"), "old");
        assertThatExceptionOfType(FileAccessException.class)
                .isThrownBy(() -> output().requireFile(folder))
                .withMessageContaining("it is a folder");
        assertThatExceptionOfType(FileAccessException.class)
                .isThrownBy(() -> output("--force").requireFolder(folder.resolve("file")));
    }
}
