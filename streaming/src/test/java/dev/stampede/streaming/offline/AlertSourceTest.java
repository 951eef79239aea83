package dev.stampede.streaming.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.streaming.wire.GeneratedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A results table of 12 candidates and a table that completes it. */
class AlertSourceTest {
    private static final Path RESULTS = RealData.folder("kbmod/formats").resolve("results.ecsv");
    private static final String ID = "1d21db19fd0f4d30857284dc755412b5";

    private static final BinaryMessageDecoder<StampAlert> ALERTS =
            new BinaryMessageDecoder<>(new GeneratedClasses(), StampAlert.getClassSchema());

    @TempDir
    private Path folder;

    private AlertSource completed(String header, String first, String others) throws IOException {
        Path table =
                Files.writeString(folder.resolve("positions.csv"), header + "\n" + first + "\n" + others.repeat(11));
        return AlertSource.stamps(RESULTS, StampReading.DEFAULT, AlertTable.open(table, Map.of(), RESULTS));
    }

    @Test
    void aTableCompletesTheFieldsAndIdsOfResults() throws IOException {
        try (AlertSource source = completed("mjd,flux", "60123.25,7", "60123.25,\n")) {
            assertThat(source.count()).isEqualTo(12);
            assertThat(source.key().apply(0)).isEqualTo(ID);
            StampAlert alert = ALERTS.decode(source.value().apply(0));
            assertThat(alert.getAlertId()).isEqualTo(ID);
            assertThat(alert.getMjd()).isEqualTo(60123.25);
            assertThat(alert.getLikelihood()).isEqualTo(6.316474437713623);
            assertThat(alert.getXPixels()).isEqualTo(154);
            assertThat(alert.getFlux()).isEqualTo(7);
            StampAlert second = ALERTS.decode(source.value().apply(1));
            assertThat(second.getFlux()).isNotNull();
        }
    }

    @Test
    void refusesARowWhoseIdsDiffer() {
        assertThatThrownBy(() -> completed("id,mjd", "another,60123.25", ",60123.25\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("positions.csv line 2, column id: 'another' is not the id of")
                .hasMessageContaining(ID);
    }
}
