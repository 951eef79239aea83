package dev.stampede.streaming.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.stamp.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that people of brokers and pipelines met. */
class FaultyPacketsTest {
    private static final int MAX_BYTES = 16 << 20;

    private final Path faults = RealData.folder("faults");

    private static Decoded decode(Path file, Padding padding) {
        try {
            return PacketInput.standard(MAX_BYTES)
                    .newDecoder(new ModelContract.Input(List.of(Plane.MEDIAN), 21), Domain.any(), padding)
                    .decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cutout_multi_member_gzip", "cutout_extension_without_padding", "cutout_tile_compressed_GZIP_1"})
    void readsTheSamePixelsHoweverTheFitsFileIsWritten(String name) {
        Decoded control = decode(RealData.folder("packets").resolve("ztf/472263571115115000.avro"), Padding.NONE);
        assertThat(decode(faults.resolve("ztf/" + name + ".avro"), Padding.NONE))
                .isInstanceOfSatisfying(
                        Alert.class,
                        alert -> assertThat(alert.stamp()).isPresent().isEqualTo(((Alert) control).stamp()));
    }

    @Test
    void abstainsFromACutOffImageThatDoesNotTellWhereItsSourceIs() {
        Path file = faults.resolve("ztf/cutout_edge_43_rows.avro");
        assertThat(decode(file, Padding.NONE))
                .isInstanceOfSatisfying(
                        Alert.class,
                        alert -> assertThat(alert.abstention()).hasValueSatisfying(abstained -> {
                            assertThat(abstained.reason()).isEqualTo(Abstention.CUT_OFF);
                            assertThat(abstained.detail()).contains("63x43 pixels");
                        }));
        assertThat(decode(file, Padding.parse("corner:1e-9:after")))
                .isInstanceOfSatisfying(
                        Alert.class,
                        alert -> assertThat(alert.stamp())
                                .hasValueSatisfying(
                                        stamp -> assertThat(stamp.height()).isEqualTo(43)));
    }
}
