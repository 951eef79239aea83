package dev.stampede.systemtests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.wire.ErrorClass;
import dev.stampede.streaming.wire.RecordFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short form of {@code bench fuzz}. */
@Tag("system")
class FuzzSystemTest {
    /** Value 58 is an alert whose id has 0.8 MB, which once stopped the stream permanently. */
    private static final long SEED = 52;

    @Test
    void everyValueEndsAsOneOutcome() throws InterruptedException {
        FuzzResult result = FuzzRun.run(6000, SEED, RecordFormat.OCF, ModelFile.shipped(), System.err);

        assertThat(result.failure()).isEmpty();
        assertThat(result.isKept()).as("%s", result).isTrue();
        assertThat(result.classifications()).isGreaterThan(1000);
        assertThat(result.deadLetters())
                .containsKeys(
                        ErrorClass.UNKNOWN_FRAMING,
                        ErrorClass.UNKNOWN_SCHEMA,
                        ErrorClass.SCHEMA_MISMATCH,
                        ErrorClass.CORRUPT_AVRO,
                        ErrorClass.BAD_FITS,
                        ErrorClass.NULL_VALUE);
    }
}
