package dev.stampede.stamps.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.format.Annotation;
import dev.stampede.stamps.results.format.ResultsFormatException;
import dev.stampede.stamps.results.format.TableAnnotator;
import dev.stampede.stamps.results.format.TableFormat;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of tables with verdicts, which the readers of the tables read again. */
class AnnotatedTableTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/results");
    private static final StampReading MEAN = StampReading.DEFAULT.withPlanes(List.of(Plane.MEAN));
    private static final String MODEL = "tiny \"1\"";

    @TempDir
    private Path folder;

    private static Annotation annotation(long row) {
        return row % 3 == 0
                ? new Annotation("ABSTAIN", Float.NaN, "BLANK", MODEL)
                : new Annotation("REAL", row / 10f, "", MODEL);
    }

    private static void annotate(Path table, Path out, List<Long> skipped) {
        try (AnnotatedTable annotated = AnnotatedTable.begin(table, out)) {
            for (long row = 0; row < annotated.rows(); row++) {
                if (skipped.contains(row)) {
                    annotated.skip();
                } else {
                    annotated.keep(annotation(row));
                }
            }
            annotated.commit();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "space.ecsv",
                "comma.ecsv",
                "astropy.parquet",
                "v2_zstd.parquet",
                "integers.parquet",
                "compression_False.hdf5",
                "compression_True.hdf5",
                "integers.hdf5"
            })
    void appendsTheVerdictsRowForRow(String name) {
        Path table = EXAMPLES.resolve(name);
        Path out = folder.resolve(name);
        annotate(table, out, List.of(2L));
        try (FieldTable before = FieldTable.open(table);
                FieldTable after = FieldTable.open(out);
                StampSource stampsBefore = StampSource.open(table, MEAN);
                StampSource stampsAfter = StampSource.open(out, MEAN)) {
            assertThat(after.size()).isEqualTo(before.size() - 1);
            for (long row = 0; row < after.size(); row++) {
                long old = row < 2 ? row : row + 1;
                Map<String, String> expected = new HashMap<>(before.row(old).cells());
                Annotation annotation = annotation(old);
                expected.put("stampede_verdict", annotation.verdict());
                expected.put(
                        "stampede_probability",
                        annotation.reason().isEmpty() || name.endsWith(".hdf5")
                                ? String.valueOf(annotation.probability())
                                : "");
                expected.put("stampede_reason", annotation.reason());
                expected.put("stampede_model", MODEL);
                assertThat(after.row(row).cells()).isEqualTo(expected);
                assertThat(stampsAfter.row(row)).isEqualTo(stampsBefore.row(old));
            }
        }
    }

    @Test
    void keepsEveryByteOfAnEcsvTable() throws IOException {
        Path out = folder.resolve("out.ecsv");
        annotate(EXAMPLES.resolve("space.ecsv"), out, List.of());
        String original = Files.readString(EXAMPLES.resolve("space.ecsv"));
        String annotated = Files.readString(out);
        assertThat(annotated).contains("""
                        # - {name: stampede_verdict, datatype: string}
                        # - {name: stampede_probability, datatype: float32}
                        """);
        assertThat(annotated
                        .replaceAll("# - \\{name: stampede_.*\n", "")
                        .replaceAll(" stampede_verdict .*", "")
                        .replaceAll(" (REAL|ABSTAIN) .*", ""))
                .isEqualTo(original);
    }

    @Test
    void keepsQuotesLineEndsAndTheByteOrderMarkOfACsvTable() throws IOException {
        Path table = Files.writeString(
                folder.resolve("in.csv"), "\uFEFF\"id\",size\r\n\"a,\n b\",5\"\r\n\r\nc, \"x\"\"\" \r\nlast,6");
        annotate(table, folder.resolve("out.csv"), List.of(1L));
        assertThat(folder.resolve("out.csv"))
                .hasContent("\uFEFF\"id\",size,stampede_verdict,stampede_probability,stampede_reason,stampede_model\r\n"
                        + "\"a,\n b\",5\",ABSTAIN,,BLANK,\"tiny \"\"1\"\"\"\r\n\r\n"
                        + "last,6,REAL,0.2,,\"tiny \"\"1\"\"\"");
    }

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource({
        "space.ecsv, out.csv, 'the result has the format of the table, ECSV; name it .ecsv.'",
        "plain.parquet, out.ecsv, 'Parquet; name it .parquet or .parq.'",
        "coadd_mean.fits, out.fits, 'FITS is read, but not written'"
    })
    void refusesAFormatThatItDoesNotWrite(String table, String out, String message) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> AnnotatedTable.begin(EXAMPLES.resolve(table), folder.resolve(out)))
                .withMessageContaining(message);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest(name = "of the {0}")
    @CsvSource({"table, attributes.hdf5", "root group, root_attributes.hdf5", "metadata, metadata_attributes.hdf5"})
    void refusesAnHdf5FileWhoseAttributesWouldBeLost(String owner, String name) {
        Path table = EXAMPLES.resolve(name);
        assertThatExceptionOfType(ResultsFormatException.class)
                .isThrownBy(() -> AnnotatedTable.begin(table, folder.resolve("out.hdf5")))
                .withMessage(table + " has attributes, which are not copied; write it with astropy as ECSV or Parquet");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesATableThatCanBeReadOnlyOnce() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> AnnotatedTable.begin(Path.of("/dev/null"), folder.resolve("out.csv")))
                .withMessage("Cannot annotate /dev/null, which is no regular file; save the table to a file first.");
    }

    @Test
    void refusesToReplaceTheTableItself() throws IOException {
        Path table = Files.copy(EXAMPLES.resolve("space.ecsv"), folder.resolve("in.ecsv"));
        Path link = Files.createSymbolicLink(folder.resolve("link.ecsv"), table);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> AnnotatedTable.begin(table, link))
                .withMessageContaining("in place");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"space.ecsv", "plain.parquet", "integers.hdf5"})
    void refusesATableWithVerdictsAndLeavesNoFile(String name) {
        Path once = folder.resolve("once" + name);
        annotate(EXAMPLES.resolve(name), once, List.of());
        assertThatExceptionOfType(ResultsFormatException.class)
                .isThrownBy(() -> AnnotatedTable.begin(once, folder.resolve("twice" + name)))
                .withMessage(
                        once + " has the column stampede_verdict already; annotate the original table, or rename the"
                                + " column");
        assertThat(folder).isDirectoryNotContaining("glob:**twice*");
    }

    @Test
    void leavesNoFileIfRowsAreMissing() {
        Path out = folder.resolve("out.ecsv");
        try (AnnotatedTable annotated = AnnotatedTable.begin(EXAMPLES.resolve("space.ecsv"), out)) {
            annotated.keep(annotation(1));
            assertThatExceptionOfType(StampedeException.class)
                    .isThrownBy(annotated::commit)
                    .withMessageContaining("more rows than candidates");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"space.ecsv", "plain.parquet", "compression_True.hdf5"})
    void passesOnThatTheDiskIsFull(String name) throws IOException {
        Path table = EXAMPLES.resolve(name);
        TableFormat.AnnotatorFactory format =
                TableFormat.ofTable(table).annotator().orElseThrow();
        try (TableAnnotator annotator = format.begin(table, new FullDisk())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> {
                        for (long row = 0; row < annotator.rows(); row++) {
                            annotator.keep(annotation(row));
                        }
                        annotator.end();
                    })
                    .withMessage("No space left on device");
        }
    }

    private static final class FullDisk implements SeekableByteChannel {
        private long position;

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            throw new IOException("No space left on device");
        }

        @Override
        public int read(ByteBuffer bytes) {
            return -1;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            position = newPosition;
            return this;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            return this;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
