package dev.stampede.streaming.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in a folder. */
class InputFilesTest {
    @TempDir
    private Path folder;

    private Path copy(String from, String to) throws IOException {
        return Files.copy(RealData.folder("kbmod/formats").resolve(from), folder.resolve(to));
    }

    @Test
    void aSeparateColumnIsReadOnceWithItsTable() throws IOException {
        Path table = copy("separate.ecsv", "separate.ecsv");
        copy("coadd_median.npy", "separate_coadd_median.npy");
        copy("separate_coadd_mean.fits", "separate_coadd_mean.fits");
        Path other = copy("coadd_median.npy", "other_coadd_median.npy");
        SkippedFiles skipped = new SkippedFiles();
        assertThat(InputFiles.arraysAndPackets(List.of(folder), skipped)).containsExactly(other, table);
        assertThat(skipped.isAny()).isFalse();
    }

    @Test
    void aColumnWithoutItsTableAndADamagedTableAreListed() throws IOException {
        Path column = copy("coadd_median.npy", "separate_coadd_median.npy");
        Path damaged = Files.writeString(folder.resolve("separate.ecsv"), "# %ECSV 1.0\n# {\n");
        assertThat(InputFiles.arraysAndPackets(List.of(folder), new SkippedFiles()))
                .containsExactly(damaged, column);
    }
}
