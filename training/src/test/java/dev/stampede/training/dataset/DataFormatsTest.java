package dev.stampede.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.npy.NpyWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFormatsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void trueFilesAreRealAndFalseFilesAreBogus() throws IOException {
        write("true_one.npy", 3, 21, 1);
        write("true_two.npy", 2, 21, 2);
        write("false_one.npy", 4, 21, 3);
        write("other.npy", 4, 5, 4);
        Files.writeString(folder.resolve("truth.csv"), "file,index,group\ntrue_two.npy,1,9\n");
        LabelledStamps stamps = DataFolder.read(folder);
        assertThat(stamps.size()).isEqualTo(9);
        assertThat(stamps.realCount()).isEqualTo(5);
        assertThat(stamps.isReal(4)).isTrue();
        assertThat(stamps.stamp(5).pixel(0, 0, 0)).isEqualTo(3);
        assertThat(stamps.group(4)).isEqualTo("9");
    }

    @Test
    void anIndexLabelsItsFiles() throws IOException {
        Files.createDirectory(folder.resolve("stamps"));
        write("stamps/a.npy", 2, 21, 1);
        write("stamps/b.npy", 1, 21, 2);
        Path index = Files.writeString(folder.resolve("index.csv"), """
                file,label,group,signal_to_noise
                stamps/a.npy,bogus,7,
                stamps/b.npy,1,8,6.25
                """);
        LabelledStamps stamps = DataFolder.read(index);
        assertThat(stamps.size()).isEqualTo(3);
        assertThat(stamps.isReal(1)).isFalse();
        assertThat(stamps.isReal(2)).isTrue();
        assertThat(stamps.group(1)).isEqualTo("7");
        assertThat(stamps.signalToNoise(1)).isNaN();
        assertThat(stamps.signalToNoise(2)).isEqualTo(6.25);
    }

    @Test
    void rejectsAnInvalidIndex() throws IOException {
        write("a.npy", 2, 21, 1);
        Path index = folder.resolve("index.csv");
        Files.writeString(index, "file,label\na.npy,maybe\n");
        assertRejected(index, "index.csv line 2 has the label 'maybe', not 1 or 0");
        Files.writeString(index, "file,group\na.npy,1\n");
        assertRejected(index, "no column 'label'");
        Files.writeString(index, "file,label\n");
        assertRejected(index, "names no files");
        Files.writeString(index, "file,label\na.npy,1\n");
        assertRejected(index, "All 2 stamps in " + index + " are real; both classes are needed");
        Files.writeString(index, "file,label\na.npy,1\nb.npy,0\n");
        assertThatExceptionOfType(FileAccessException.class)
                .isThrownBy(() -> DataFolder.read(index))
                .withMessageContaining("b.npy");
    }

    @Test
    void anArchiveHoldsStampsAndLabels() throws IOException {
        write("stamps.npy", 3, 21, 1);
        numbers("labels.npy", 0, 1, 0);
        numbers("groups.npy", 4, 4, 5);
        numbers("signal_to_noise.npy", Float.NaN, 9.5f, Float.NaN);
        Path archive = archive("stamps.npy", "labels.npy", "groups.npy", "signal_to_noise.npy");
        LabelledStamps stamps = DataFolder.read(archive);
        assertThat(stamps.size()).isEqualTo(3);
        assertThat(stamps.isReal(0)).isFalse();
        assertThat(stamps.isReal(1)).isTrue();
        assertThat(stamps.group(0)).isEqualTo(stamps.group(1)).isNotEqualTo(stamps.group(2));
        assertThat(stamps.signalToNoise(1)).isEqualTo(9.5);
    }

    @Test
    void anArchiveHoldsArraysByTheNamesOfFiles() throws IOException {
        Blobs.write(folder, 3, 2, 1);
        Path archive = archive("stamps_noise.npy", "stamps_sources.npy");
        assertThat(DataFolder.read(archive).fingerprint())
                .isEqualTo(DataFolder.read(folder).fingerprint());
    }

    @Test
    void rejectsAnInvalidArchive() throws IOException {
        write("stamps.npy", 3, 21, 1);
        numbers("labels.npy", 0, 1);
        assertRejected(archive("stamps.npy"), "holds the array stamps but no array labels");
        assertRejected(archive("stamps.npy", "labels.npy"), "not one number for each of its 3 stamps");
        numbers("labels.npy", 0, 1, 2);
        assertRejected(archive("stamps.npy", "labels.npy"), "has the label 2.0, not 1 or 0");
        assertRejected(archive("labels.npy"), "There are no stamps in");
        Path broken = Files.writeString(folder.resolve("broken.npz"), "no archive");
        assertRejected(broken, "Cannot read " + broken + " as .npz");
    }

    @Test
    void rejectsAFolderWithoutADataSet() throws IOException {
        assertRejected(
                folder, "There are no stamps in " + folder + ": neither stamps_sources.npy and stamps_noise.npy nor");
        assertRejected(
                Files.writeString(folder.resolve("stamps.txt"), "?"), "is not a folder, .npz archive or .csv table");
        write("true_one.npy", 3, 21, 1);
        assertRejected(folder, "There is no false_*.npy in");
        write("false_one.npy", 3, 15, 1);
        assertRejected(folder, "differ in shape: 1x21x21 in true_one.npy, 1x15x15 in false_one.npy");
    }

    private void write(String name, int count, int size, float value) {
        try (NpyWriter writer = NpyWriter.create(folder.resolve(name), size, size)) {
            float[] pixels = new float[size * size];
            Arrays.fill(pixels, value);
            for (int i = 0; i < count; i++) {
                writer.write(pixels, 0, 1);
            }
        }
    }

    private void numbers(String name, float... values) {
        try (NpyWriter writer = NpyWriter.create(folder.resolve(name))) {
            writer.write(values, 0, values.length);
        }
    }

    private Path archive(String... names) throws IOException {
        Path archive = folder.resolve("stamps.npz");
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(folder.resolve(name), zip);
            }
        }
        return archive;
    }

    private static void assertRejected(Path data, String reason) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> DataFolder.read(data))
                .withMessageContaining(reason);
    }
}
