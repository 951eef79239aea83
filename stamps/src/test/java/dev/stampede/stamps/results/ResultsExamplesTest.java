package dev.stampede.stamps.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.npy.ExposureCoadd;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.format.ResultsFormatException;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.table.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One table in the variants that astropy and pyarrow write, by src/test/python/make_results_examples.py. */
class ResultsExamplesTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/results");
    private static final List<CsvTable.Row> EXPECTED =
            CsvTable.read(EXAMPLES.resolve("expected.csv")).rows();

    private static double sum(Stamp stamp) {
        double sum = 0;
        for (int pixel = 0; pixel < stamp.pixels(); pixel++) {
            float value = stamp.pixel(0, pixel / stamp.width(), pixel % stamp.width());
            sum += Float.isNaN(value) ? 0 : value;
        }
        return sum;
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "space.ecsv",
                "comma.ecsv",
                "compression_False.hdf5",
                "compression_True.hdf5",
                "astropy.parquet",
                "v2_zstd.parquet",
                "gzip.parquet",
                "plain.parquet",
                "split.parquet"
            })
    void readsAllColumnsExactly(String name) {
        Path file = EXAMPLES.resolve(name);
        StampReading coadded = new StampReading(
                Optional.empty(), Optional.of(ExposureCoadd.LOWER_MEDIAN), List.of(), List.of(Plane.MEDIAN));
        try (StampSource mean = StampSource.open(file, StampReading.DEFAULT.withPlanes(List.of(Plane.MEAN)));
                FieldTable fields = FieldTable.open(file);
                StampSource median = StampSource.open(file, coadded)) {
            assertThat(List.of(mean.size(), median.size())).containsOnly((long) EXPECTED.size());
            for (int row = 0; row < EXPECTED.size(); row++) {
                CsvTable.Row right = EXPECTED.get(row);
                assertThat(mean.row(row).id()).contains(right.cell("uuid"));
                assertThat(fields.row(row).cells())
                        .containsEntry("name", right.cell("name"))
                        .containsEntry("count", right.cell("count"));
                assertThat(sum(mean.stamp(row))).isCloseTo(right.number("coadd_sum"), within(1e-5));
                assertThat(sum(median.stamp(row))).isCloseTo(right.number("lower_median_sum"), within(1e-5));
            }
            assertThat(mean.stamp(3).pixel(0, 2, 4)).as("masked").isNaN();
        }
    }

    @Test
    void anAbsentImageIsMasked() {
        try (StampSource source = StampSource.open(EXAMPLES.resolve("absent.parquet"), StampReading.DEFAULT)) {
            assertThat(source.stamp(3).pixel(0, 4, 4)).isNaN();
            assertThat(source.stamp(4).pixel(0, 4, 4)).isNotNaN();
        }
    }

    /** A step of 0.01 in 81 pixels: the sum of errors of 0.004 each has a standard deviation of 0.04. */
    @Test
    void readsCompressedImagesAndMasksWhatStandsForNan() {
        try (StampSource column = StampSource.open(EXAMPLES.resolve("coadd_mean.fits"), StampReading.DEFAULT)) {
            assertThat(column.namedPlanes()).containsExactly(Plane.MEAN);
            for (int row = 0; row < EXPECTED.size(); row++) {
                assertThat(column.row(row).id()).contains(EXPECTED.get(row).cell("uuid"));
                assertThat(sum(column.stamp(row))).isCloseTo(EXPECTED.get(row).number("coadd_sum"), within(0.2));
            }
            assertThat(column.stamp(3).pixel(0, 2, 4)).isNaN();
        }
    }

    /** Integers get the same noise, and float64 beyond the range of float32 the same scale. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "integers.ecsv, coadd_mean",
        "integers.hdf5, coadd_mean",
        "integers.parquet, coadd_mean",
        "integers.fits, coadd_mean",
        "integers.ecsv, coadd_sum",
        "integers.hdf5, coadd_sum",
        "integers.parquet, coadd_sum",
    })
    void numbersInEveryFormatAreThoseOfTheArray(String name, String column) {
        StampReading reading = new StampReading(Optional.empty(), Optional.empty(), List.of(column), List.of());
        try (StampSource table = StampSource.open(EXAMPLES.resolve(name), reading);
                StampSource array =
                        StampSource.open(EXAMPLES.resolve("integers_" + column + ".npy"), StampReading.DEFAULT)) {
            assertThat(table.size()).isEqualTo(array.size());
            for (long row = 0; row < array.size(); row++) {
                assertThat(table.stamp(row).withFeatures(CandidateFeatures.NONE))
                        .isEqualTo(array.stamp(row));
            }
        }
    }

    @Test
    void aSeparateArrayIsReadAsOnItsOwn(@TempDir Path folder) throws IOException {
        Path array = EXAMPLES.resolve("integers_coadd_mean.npy");
        Files.copy(array, folder.resolve("table_coadd_mean.npy"));
        String ids =
                String.join("\n", EXPECTED.stream().map(row -> row.cell("uuid")).toList());
        Path file = Files.writeString(folder.resolve("table.ecsv"), """
                # %ECSV 1.0
                # ---
                # datatype:
                # - {name: uuid, datatype: string}
                # meta: !!omap
                # - separate_col_files: [coadd_mean]
                # schema: astropy-2.0
                uuid
                """ + ids + "\n");
        try (StampSource table = StampSource.open(file, StampReading.DEFAULT);
                StampSource alone = StampSource.open(array, StampReading.DEFAULT)) {
            for (long row = 0; row < alone.size(); row++) {
                assertThat(table.stamp(row)).isEqualTo(alone.stamp(row));
            }
        }
    }

    /** The size in the header of the first page, which an unlimited reader would allocate. */
    @Test
    void refusesAPageThatClaimsMuchMemory(@TempDir Path folder) throws IOException {
        byte[] whole = Files.readAllBytes(EXAMPLES.resolve("plain.parquet"));
        byte[] damaged = whole.clone();
        byte[] size = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0xc8, 0x01}; // 200 MiB as a zigzag varint
        System.arraycopy(size, 0, damaged, 7, size.length);
        System.arraycopy(whole, 9, damaged, 12, 100); // the rest of the header
        Path file = Files.write(folder.resolve("large.parquet"), damaged);
        assertThatExceptionOfType(ResultsFormatException.class)
                .isThrownBy(() -> {
                    try (StampSource source = StampSource.open(file, StampReading.DEFAULT)) {
                        source.row(0);
                    }
                })
                .withMessageContaining("a page of 209715200 bytes is too large");
    }

    @Test
    void namesTheCompressionsThatAreRead() {
        assertThatExceptionOfType(ResultsFormatException.class)
                .isThrownBy(() -> StampSource.open(EXAMPLES.resolve("brotli.parquet"), StampReading.DEFAULT))
                .withMessageEndingWith(
                        "brotli.parquet is compressed with BROTLI; write it with compression snappy, gzip or zstd");
    }
}
