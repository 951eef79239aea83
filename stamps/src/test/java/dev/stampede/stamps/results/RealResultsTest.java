package dev.stampede.stamps.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.npy.ExposureCoadd;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.results.format.ResultsFormatException;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.table.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that KBMOD and astropy wrote, with the ids, labels and pixel sums that were computed when they were made. */
class RealResultsTest {
    /** The sum of 441 floats of up to 200, printed with nine digits. */
    private static final float SUM_TOLERANCE = 1e-2f;

    @TempDir
    private Path folder;

    private static Path file(String name) {
        return RealData.folder("kbmod/formats").resolve(name);
    }

    private static StampReading wanting(Plane... planes) {
        return StampReading.DEFAULT.withPlanes(List.of(planes));
    }

    private static StampReading column(String... columns) {
        return new StampReading(Optional.empty(), Optional.empty(), List.of(columns), List.of());
    }

    private static StampReading coadded(ExposureCoadd coadd) {
        return new StampReading(Optional.empty(), Optional.of(coadd), List.of(), List.of());
    }

    private static List<StampRow> rows(String name, StampReading reading) {
        List<StampRow> rows = new ArrayList<>();
        try (StampSource source = StampSource.open(file(name), reading)) {
            for (long row = 0; row < source.size(); row++) {
                rows.add(source.row(row));
            }
        }
        return rows;
    }

    private static float sum(Stamp stamp, int plane) {
        double sum = 0;
        for (int row = 0; row < stamp.height(); row++) {
            for (int column = 0; column < stamp.width(); column++) {
                float pixel = stamp.pixel(plane, row, column);
                sum += Float.isNaN(pixel) ? 0 : pixel;
            }
        }
        return (float) sum;
    }

    private static float centre(Stamp stamp, int plane) {
        return stamp.pixel(plane, stamp.height() / 2, stamp.width() / 2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"results.parquet", "results.ecsv", "results.hdf5"})
    void readsIdsAndCoadds(String name) {
        List<CsvTable.Row> expected = CsvTable.read(file("expected.csv")).rows();
        List<StampRow> rows = rows(name, wanting(Plane.MEAN, Plane.MEDIAN));
        assertThat(rows).hasSize(name.endsWith(".ecsv") ? 12 : expected.size());
        for (int i = 0; i < rows.size(); i++) {
            CsvTable.Row right = expected.get(i);
            StampRow row = rows.get(i);
            assertThat(row.id()).contains(right.cell("uuid"));
            assertThat(sum(row.stamp(), 0)).isCloseTo((float) right.number("mean_sum"), within(SUM_TOLERANCE));
            assertThat(sum(row.stamp(), 1)).isCloseTo((float) right.number("median_sum"), within(SUM_TOLERANCE));
            if (right.number("zero_px") == 0) {
                assertThat(centre(row.stamp(), 1)).isCloseTo((float) right.number("median_centre"), within(1e-5f));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"results.parquet", "results.ecsv", "results.hdf5"})
    void readsFields(String name) {
        List<CsvTable.Row> expected = CsvTable.read(file("expected.csv")).rows();
        try (FieldTable table = FieldTable.open(file(name))) {
            for (int i = 0; i < table.size(); i++) {
                CsvTable.Row right = expected.get(i);
                assertThat(table.row(i).cell("label")).isEqualTo(right.cell("label"));
                assertThat(Double.parseDouble(table.row(i).cell("likelihood")))
                        .isCloseTo(right.number("likelihood"), within(1e-6));
            }
        }
    }

    /** RICE with a step of 0.01: a pixel is up to half a step off, and dithered by another half. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"separate.ecsv", "separate_coadd_mean.fits"})
    void readsSeparateColumnsWithinTheirQuantisation(String name) {
        List<StampRow> expected = rows("results.parquet", wanting(Plane.MEAN));
        List<StampRow> actual = rows(name, wanting(Plane.MEAN));
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).id()).isEqualTo(expected.get(i).id());
            for (int pixel = 0; pixel < 441; pixel++) {
                float right = expected.get(i).stamp().pixel(0, pixel / 21, pixel % 21);
                float read = actual.get(i).stamp().pixel(0, pixel / 21, pixel % 21);
                if (!MaskRule.NOT_FINITE_OR_ZERO.masks(read)) {
                    assertThat(read).isCloseTo(right, within(0.0101f));
                } else if (Math.abs(right) > 0.005f) {
                    assertThat(read)
                            .as("row %d pixel %d was %f", i, pixel, right)
                            .isNotNaN();
                }
            }
        }
    }

    /** KBMOD coadds the exposures that its filters kept; the separate array has six rows and does not know them. */
    @Test
    void coaddsTheExposuresOfATable() throws IOException {
        Path table = RealData.folder("kbmod").resolve("results.ecsv");
        List<Stamp> stamps = new ArrayList<>();
        try (StampSource source = StampSource.open(table, coadded(ExposureCoadd.SUM));
                StampSource stamp = StampSource.open(table, wanting(Plane.SUM))) {
            assertThat(stamp.namedPlanes()).as("it is called stamp").isEmpty();
            for (long row = 0; row < source.size(); row++) {
                stamps.add(source.stamp(row));
                assertThat(stamps.get((int) row).planes()).isEqualTo(1);
                assertThat(stamp.stamp(row).height()).isEqualTo(21);
            }
        }
        assertThat(stamps).isNotEmpty();
        Path joined = Files.copy(file("separate.ecsv"), folder.resolve("six.ecsv"));
        List<String> lines = Files.readAllLines(joined);
        int names = 0;
        while (lines.get(names).startsWith("#")) {
            names++;
        }
        Files.writeString(
                joined,
                String.join("\n", lines.subList(0, names + 7)).replace("[coadd_median, coadd_mean]", "[all_stamps]")
                        + "\n");
        Files.copy(file("all_stamps.npy"), folder.resolve("six_all_stamps.npy"));
        List<StampRow> expected = rows("results.parquet", wanting(Plane.MEDIAN));
        try (StampSource six = StampSource.open(joined, coadded(ExposureCoadd.LOWER_MEDIAN))) {
            assertThat(six.size()).isEqualTo(6);
            for (int row = 0; row < 6; row++) {
                for (int pixel = 0; pixel < 441; pixel++) {
                    float right = expected.get(row).stamp().pixel(0, pixel / 21, pixel % 21);
                    float read = six.stamp(row).pixel(0, pixel / 21, pixel % 21);
                    assertThat(Float.isNaN(read) ? 0 : read).isEqualTo(right);
                }
            }
        }
    }

    @Test
    void refusesAFileOfExposuresUnlessTheyAreCoadded() {
        assertThatExceptionOfType(ResultsFormatException.class)
                .isThrownBy(() -> rows("all_stamps.fits", wanting(Plane.MEDIAN)))
                .withMessageContaining("24 exposures in the column all_stamps; combine them with --coadd-exposures");
        assertThat(rows("all_stamps.fits", coadded(ExposureCoadd.MEDIAN))).hasSize(3);
    }

    @Test
    void namesTheImagesOfATableWithoutTheOneThatTheModelLooksAt() {
        assertThatExceptionOfType(ResultsFormatException.class)
                .isThrownBy(() -> rows("results.parquet", wanting(Plane.WEIGHTED)))
                .withMessage(file("results.parquet") + " has no image column coadd_weighted; name one with --column, of"
                        + " coadd_median (21x21), coadd_mean (21x21), coadd_sum (21x21), or combine exposures with"
                        + " --coadd-exposures");
        assertThatExceptionOfType(ResultsFormatException.class)
                .isThrownBy(() -> rows("results.parquet", column("psi_curve")))
                .withMessageContaining("vectors of 24 numbers, not images");
        assertThat(rows("results.parquet", StampReading.DEFAULT).get(0).stamp().planes())
                .isEqualTo(3);
    }

    @Test
    void rowsCanBeReadInAnyOrder() {
        for (String name : List.of("results.parquet", "results.ecsv", "results.hdf5", "separate_coadd_mean.fits")) {
            List<StampRow> all = rows(name, column("coadd_mean"));
            try (StampSource source = StampSource.open(file(name), column("coadd_mean"))) {
                for (int row : new int[] {7, 7, 3, 11, 0}) {
                    assertThat(source.row(row)).isEqualTo(all.get(row));
                }
            }
        }
    }
}
