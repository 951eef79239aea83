package dev.stampede.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.npy.Axes;
import dev.stampede.stamps.npy.NpyFormatException;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"index_bom_crlf.csv", "index_quoted.csv"})
    void anIndexMayHaveAByteOrderMarkAndQuotes(String name) {
        Path tables = RealData.folder("faults/csv");
        assertThat(DataFolder.read(tables.resolve(name)).fingerprint())
                .isEqualTo(DataFolder.read(tables.resolve("index_control.csv")).fingerprint());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"results.parquet", "results.hdf5", "separate.ecsv"})
    void aColumnOfAResultsTableLabelsItsCandidates(String name) throws IOException {
        Path results = RealData.folder("kbmod/formats").resolve(name);
        assertRejected(results, "name its column of labels, 1 for real and 0 for bogus, with --label-column");
        StampReading mean = StampReading.DEFAULT.withPlanes(List.of(Plane.MEAN));
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> DataFolder.read(results, new DataReading(mean, Optional.of("label"), false, 21)))
                .withMessageContaining("has the label '2', not 1 or 0; leave out the stamps");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> DataFolder.read(results, new DataReading(mean, Optional.of("labels"), false, 21)))
                .withMessageContaining("has no column 'labels'; the columns are [x, y,");
    }

    @Test
    void readsTheLabelledCandidatesOfATableAsThoseOfItsArray() throws IOException {
        Path formats = RealData.folder("kbmod/formats");
        List<String> lines = Files.readAllLines(formats.resolve("results.ecsv"));
        int names = 0;
        while (lines.get(names).startsWith("#")) {
            names++;
        }
        int label = List.of(lines.get(names).split(" ", -1)).indexOf("label");
        List<String> kept = new ArrayList<>(lines.subList(0, names + 1));
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; names + 1 + row < lines.size(); row++) {
            String line = lines.get(names + 1 + row);
            if (!line.split(" ", -1)[label].equals("2")) {
                kept.add(line);
                rows.add(row);
            }
        }
        Path table = Files.write(folder.resolve("labelled.ecsv"), kept);
        StampReading mean = StampReading.DEFAULT.withPlanes(List.of(Plane.MEAN));
        LabelledStamps stamps = DataFolder.read(table, new DataReading(mean, Optional.of("label"), false, 21));
        assertThat(stamps.size()).isEqualTo(rows.size());
        try (StampFile array = StampFile.open(formats.resolve("coadd_mean.npy"))) {
            for (int i = 0; i < stamps.size(); i++) {
                assertThat(stamps.stamp(i).withFeatures(CandidateFeatures.NONE)).isEqualTo(array.stamp(rows.get(i)));
                assertThat(stamps.features(i).has(CandidateFeature.LIKELIHOOD)).isTrue();
                assertThat(stamps.isReal(i))
                        .isEqualTo(kept.get(names + 1 + i).split(" ", -1)[label].equals("1"));
            }
        }
    }

    @Test
    void namedAxesAreThoseOfAllArrays() throws IOException {
        write("true_a.npy", 3, 21, 1);
        write("false_a.npy", 2, 21, 2);
        StampReading wrong = new StampReading(Optional.of(Axes.of("n,y,x,c")), Optional.empty(), List.of(), List.of());
        assertThatExceptionOfType(NpyFormatException.class)
                .isThrownBy(() -> DataFolder.read(folder, new DataReading(wrong, Optional.empty(), false, 21)))
                .withMessageContaining("but --axes names 4: n,y,x,c");
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() ->
                        DataFolder.read(folder, new DataReading(StampReading.DEFAULT, Optional.of("label"), false, 21)))
                .withMessageContaining("is not a results table; leave out --label-column");
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
                Files.writeString(folder.resolve("stamps.txt"), "?"),
                "is not a folder, .npz archive, .csv table or results table");
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
