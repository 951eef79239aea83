package dev.stampede.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.npy.NpyFormatException;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void sourcesAreRealAndNoiseIsBogus() {
        LabelledStamps stamps = DataFolder.read(Blobs.write(folder, 3, 2, 1));
        assertThat(stamps.size()).isEqualTo(5);
        assertThat(stamps.shape()).isEqualTo(new StampShape(1, 21));
        assertThat(stamps.isReal(2)).isTrue();
        assertThat(stamps.isReal(3)).isFalse();
        assertThat(stamps.group(0)).isEmpty();
        assertThat(stamps.signalToNoise(0)).isNaN();
    }

    @Test
    void findsTheMetadataOfAStampByFileAndIndex() throws IOException {
        Blobs.write(folder, 2, 2, 1);
        Files.writeString(folder.resolve("truth.csv"), """
                file,index,kind,real,signal_to_noise,fwhm_pixels,offset_row,offset_column,group
                stamps_noise.npy,1,noise_peak,0,6.5,3,0,0,17
                stamps_sources.npy,0,point_source,1,NaN,4,0,0,18
                """);
        LabelledStamps stamps = DataFolder.read(folder);
        assertThat(stamps.group(3)).isEqualTo("17");
        assertThat(stamps.signalToNoise(3)).isEqualTo(6.5);
        assertThat(stamps.group(0)).isEqualTo("18");
        assertThat(stamps.signalToNoise(0)).isNaN();
        assertThat(stamps.group(1)).isEmpty();
    }

    @Test
    void readsPartialTrajectoriesAsBogusOnlyOnRequest() {
        Blobs.write(folder, 3, 2, 1);
        DataReading leftOut = DataReading.of(21);
        DataReading bogus = new DataReading(leftOut.stamps(), Optional.empty(), true, 21);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> DataFolder.read(folder, bogus))
                .withMessageContaining(DataFolder.PARTIAL);
        try (NpyWriter partial = NpyWriter.create(folder.resolve(DataFolder.PARTIAL), 21, 21)) {
            partial.write(Stamp.of(1, 21, 21, new float[441]));
        }

        assertThat(DataFolder.read(folder, leftOut).size()).isEqualTo(5);
        LabelledStamps stamps = DataFolder.read(folder, bogus);
        assertThat(stamps.size()).isEqualTo(6);
        assertThat(stamps.realCount()).isEqualTo(3);
    }

    @Test
    void theFingerprintDependsOnPixelsAndLabels(@TempDir Path same, @TempDir Path other, @TempDir Path swapped) {
        String fingerprint = DataFolder.read(Blobs.write(folder, 2, 2, 1)).fingerprint();
        assertThat(fingerprint).matches("[0-9a-f]{64}");
        assertThat(DataFolder.read(Blobs.write(same, 2, 2, 1)).fingerprint()).isEqualTo(fingerprint);
        assertThat(DataFolder.read(Blobs.write(other, 2, 2, 2)).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(DataFolder.read(Blobs.writeSwapped(swapped, 2, 2, 1)).fingerprint())
                .isNotEqualTo(fingerprint);
    }

    @Test
    void rejectsAnAbsentFolder() {
        assertRejected(folder.resolve("absent"), "There is no folder");
    }

    @Test
    void rejectsAFolderWithoutNoise() throws IOException {
        Blobs.write(folder, 2, 2, 1);
        Files.delete(folder.resolve(DataFolder.NOISE));
        assertRejected(folder, "There is no stamps_noise.npy in");
    }

    @Test
    void rejectsAFileThatIsNotAnArray() throws IOException {
        Blobs.write(folder, 2, 2, 1);
        Files.writeString(folder.resolve(DataFolder.NOISE), "not an array");
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> DataFolder.read(folder))
                .withMessageContaining("stamps_noise.npy");
    }

    @Test
    void rejectsAnEmptyClass() {
        assertRejected(Blobs.write(folder, 2, 0, 1), "holds no stamps");
    }

    @Test
    void rejectsFilesThatDifferInShape() {
        Blobs.write(folder, 2, 2, 1);
        writeZeros(DataFolder.NOISE, 15, 15);
        assertRejected(folder, "differ in shape: 1x21x21 in stamps_sources.npy, 1x15x15 in stamps_noise.npy");
    }

    @Test
    void rejectsStampsThatAreNotSquare() {
        writeZeros(DataFolder.SOURCES, 20, 21);
        writeZeros(DataFolder.NOISE, 20, 21);
        assertRejected(folder, "only square stamps");
    }

    @Test
    void rejectsATruthFileWithoutItsColumns() throws IOException {
        Blobs.write(folder, 2, 2, 1);
        Files.writeString(folder.resolve("truth.csv"), "index,group\n0,1\n");
        assertRejected(folder, "no column 'file'");
    }

    @Test
    void rejectsATruthFileWithATruncatedLine() throws IOException {
        Blobs.write(folder, 2, 2, 1);
        Files.writeString(folder.resolve("truth.csv"), "file,index,group\nstamps_noise.npy,0\n");
        assertRejected(folder, "line 2 has 2 cells");
    }

    private void writeZeros(String name, int rows, int columns) {
        try (NpyWriter writer = NpyWriter.create(folder.resolve(name), rows, columns)) {
            writer.write(new float[rows * columns], 0, 1);
        }
    }

    private static void assertRejected(Path folder, String reason) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> DataFolder.read(folder))
                .withMessageContaining(reason);
    }

    @Test
    void readsSeveralSetsInTheirOrder(@TempDir Path other) {
        LabelledStamps first = DataFolder.read(Blobs.write(folder, 3, 2, 1));
        LabelledStamps second = DataFolder.read(Blobs.write(other, 1, 4, 2));
        LabelledStamps both = DataFolder.read(List.of(folder, other), DataReading.of(21));
        assertThat(both.size()).isEqualTo(10);
        assertThat(both.stamp(2)).isEqualTo(first.stamp(2));
        assertThat(both.stamp(9)).isEqualTo(second.stamp(4));
        assertThat(IntStream.range(0, 10).map(both::dataSet)).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
        assertThat(IntStream.range(0, 10).filter(both::isReal)).containsExactly(0, 1, 2, 5);
    }

    @Test
    void partialTrajectoriesMayBeInOneOfSeveralSets(@TempDir Path searched) {
        Blobs.write(folder, 3, 2, 1);
        Blobs.write(searched, 3, 2, 2);
        try (NpyWriter partial = NpyWriter.create(searched.resolve(DataFolder.PARTIAL), 21, 21)) {
            partial.write(Stamp.of(1, 21, 21, new float[441]));
        }
        DataReading bogus = new DataReading(DataReading.of(21).stamps(), Optional.empty(), true, 21);

        LabelledStamps stamps = DataFolder.read(List.of(folder, searched), bogus);

        assertThat(stamps.size()).isEqualTo(11);
        assertThat(stamps.realCount()).isEqualTo(6);
    }

    @Test
    void oneOfSeveralSetsMayLackAClassOrBeEmpty(@TempDir Path onlyBogus, @TempDir Path none) {
        Blobs.write(folder, 3, 2, 1);
        Blobs.write(onlyBogus, 0, 4, 2);
        Blobs.write(none, 0, 0, 3);
        LabelledStamps all = DataFolder.read(List.of(none, onlyBogus, folder), DataReading.of(21));
        assertThat(all.size()).isEqualTo(9);
        assertThat(all.dataSet(0)).isOne();
        assertThat(all.dataSet(4)).isEqualTo(2);
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> DataFolder.read(List.of(onlyBogus, none), DataReading.of(21)))
                .withMessageContaining("are bogus; both classes are needed");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> DataFolder.read(List.of(none, none), DataReading.of(21)))
                .withMessageContaining("All data sets are empty");
    }
}
