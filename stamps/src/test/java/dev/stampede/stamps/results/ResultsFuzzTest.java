package dev.stampede.stamps.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.npy.NpyFormatException;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged tables give rows or the exceptions of the readers, never another one. */
class ResultsFuzzTest {
    private static final int FILES = 200;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, seed 1")
    @ValueSource(
            strings = {
                "plain.parquet",
                "v2_zstd.parquet",
                "space.ecsv",
                "compression_False.hdf5",
                "compression_True.hdf5",
                "coadd_mean.fits"
            })
    void aDamagedTableGivesRowsOrOneSentence(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("src/test/resources/results").resolve(name));
        SplittableRandom random = new SplittableRandom(1);
        Path file = folder.resolve(name);
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            Files.write(file, damaged(whole, random));
            refused += isRefused(file) ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    /** A cut, or a few bytes changed near one place, such as a header at the start or a footer at the end. */
    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(whole, random.nextInt(whole.length));
        }
        byte[] bytes = whole.clone();
        int range = 1 << random.nextInt(4, 14);
        int start = random.nextBoolean() ? 0 : Math.max(0, bytes.length - range);
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            bytes[start + random.nextInt(Math.min(range, bytes.length))] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static boolean isRefused(Path file) {
        StampReading reading = StampReading.DEFAULT.withPlanes(List.of(Plane.MEAN));
        try (StampSource source = StampSource.open(file, reading)) {
            for (long row = 0; row < Math.min(source.size(), 100); row++) {
                source.row(row);
            }
            return false;
        } catch (StampedeException | NpyFormatException refused) {
            assertThat(refused.getMessage()).contains(file.getFileName().toString());
            return true;
        }
    }
}
