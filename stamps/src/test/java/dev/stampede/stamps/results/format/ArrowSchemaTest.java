package dev.stampede.stamps.results.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.parquet.ArrowSchema;
import dev.stampede.stamps.parquet.ParquetType;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.parquet.format.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of Arrow in a file of pyarrow, which reads the extended ones with the types of all columns. */
class ArrowSchemaTest {
    private static final Map<String, ParquetType> ADDED =
            Map.of("text", ParquetType.STRING, "number", ParquetType.FLOAT);
    private static final Map<String, String> METADATA = Map.of("key", "value");
    private static final int COLUMNS = 9;
    private static final int DAMAGES = 2000;

    private static String schema() {
        try (ParquetTable table = ParquetTable.open(Path.of("src/test/resources/results/nested.parquet"))) {
            return table.metadata().stream()
                    .filter(entry -> entry.getKey().equals(ArrowSchema.KEY))
                    .map(KeyValue::getValue)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void hasTheFurtherColumnsAndTheMetadata() {
        String once = ArrowSchema.with(schema(), COLUMNS, ADDED, METADATA).orElseThrow();
        String twice = ArrowSchema.with(once, COLUMNS + 2, ADDED, METADATA).orElseThrow();
        assertThat(ArrowSchema.with(twice, COLUMNS + 4, ADDED, METADATA)).isPresent();
        assertThat(new String(Base64.getDecoder().decode(once), ISO_8859_1))
                .contains("uuid", "pairs", "text", "number", "key", "value");
    }

    @Test
    void isNotExtendedIfItDescribesOtherColumns() {
        assertThat(ArrowSchema.with(schema(), COLUMNS - 1, ADDED, METADATA)).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void aDamagedSchemaIsExtendedOrLeftOut(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole = Base64.getDecoder().decode(schema());
        int leftOut = 0;
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = whole.clone();
            for (int change = random.nextInt(1, 5); change > 0; change--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            String text = Base64.getEncoder().encodeToString(damaged);
            leftOut += ArrowSchema.with(text, COLUMNS, ADDED, METADATA).isEmpty() ? 1 : 0;
        }
        assertThat(leftOut).isPositive();
    }
}
