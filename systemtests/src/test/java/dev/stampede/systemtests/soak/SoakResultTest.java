package dev.stampede.systemtests.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.wire.RecordFormat;
import dev.stampede.systemtests.harness.ConservationResult;
import dev.stampede.systemtests.harness.ProcessMonitor;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakResultTest {
    private static final double SECONDS = 3600;

    private static ConservationResult conservation(long missing) {
        return new ConservationResult(
                StreamsConfig.EXACTLY_ONCE_V2,
                "classic",
                1000,
                0,
                missing,
                0,
                0,
                1,
                List.of(new ConservationResult.Partition(1000, 1000 - missing)));
    }

    private static SoakResult result(DoubleUnaryOperator heap, DoubleUnaryOperator files, long missing) {
        List<SoakSample> samples = IntStream.range(0, 360)
                .mapToObj(i -> i * 10.0)
                .map(seconds -> new SoakSample(
                        seconds,
                        new ProcessMonitor.Sample(heap.applyAsDouble(seconds), 500, 30, files.applyAsDouble(seconds)),
                        5,
                        20,
                        1000,
                        10))
                .toList();
        return new SoakResult(
                conservation(missing),
                SECONDS,
                1000,
                List.of(new SoakResult.Fault(900, SoakFault.KILL_INSTANCE)),
                samples);
    }

    /** A sawtooth of 5 MiB, as caches cause it. */
    private static double level(double seconds) {
        return 70 + seconds % 100 / 20;
    }

    @Test
    void isSteadyIfNothingGrowsAfterTheWarmUp() {
        assertThat(result(seconds -> seconds < 600 ? 30 : level(seconds), seconds -> 80, 0)
                        .isSteady())
                .isTrue();
    }

    @Test
    void isNotSteadyIfHeapGrowsByHalfInAnHour() {
        SoakResult result = result(seconds -> level(seconds) + seconds / 100, seconds -> 80, 0);
        assertThat(result.isSteady()).isFalse();
        assertThat(result.growth())
                .hasEntrySatisfying(
                        "heapMebibytes", growth -> assertThat(growth.grows()).isTrue())
                .hasEntrySatisfying(
                        "threads", growth -> assertThat(growth.grows()).isFalse());
    }

    @Test
    void isNotSteadyIfFilesAreLeftOpen() {
        assertThat(result(SoakResultTest::level, seconds -> 80 + Math.floor(seconds / 120), 0)
                        .isSteady())
                .isFalse();
    }

    @Test
    void isNotSteadyIfAnAlertIsMissing() {
        assertThat(result(SoakResultTest::level, seconds -> 80, 1).isSteady()).isFalse();
    }

    @Test
    void anUnknownQuantityDoesNotGrow() {
        assertThat(result(SoakResultTest::level, seconds -> Double.NaN, 0).isSteady())
                .isTrue();
    }

    @Test
    void leavesTheLastIntervalForRecovery() {
        SoakSettings settings = new SoakSettings(SECONDS, 0, 5000, RecordFormat.OCF);
        assertThat(settings.faultsBy(179)).isZero();
        assertThat(settings.faultsBy(180)).isEqualTo(1);
        assertThat(settings.faultsBy(SECONDS)).isEqualTo(19);
        assertThat(new SoakSettings(40, 10, 1000, RecordFormat.OCF).faultsBy(40))
                .isEqualTo(3);
    }

    @Test
    void isPlottedIfQuantitiesAreUnknown(@TempDir Path folder) throws Exception {
        Path png = folder.resolve("soak.png");
        SoakPlot.write(result(SoakResultTest::level, seconds -> Double.NaN, 0), png);
        BufferedImage image = ImageIO.read(Files.newInputStream(png));
        assertThat(image.getWidth()).isEqualTo(1500);
        assertThat(image.getHeight()).isEqualTo(900);
    }
}
