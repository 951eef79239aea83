package dev.stampede.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.packet.ErrorClass;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code bench fuzz}. */
class FuzzRunTest {
    /** Value 58 is an alert whose id has 0.8 MB, which once stopped the stream for good. */
    private static final long SEED = 52;

    @Test
    void everyValueEndsAsOneOutcome(@TempDir Path folder) throws InterruptedException {
        FuzzResult result = new FuzzRun(6000, SEED, ModelFile.shipped(), System.err).run(folder);

        assertThat(result.failure()).isEmpty();
        assertThat(result.isKept()).as("%s", result.figures()).isTrue();
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
