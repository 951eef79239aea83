package dev.stampede.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelStoreTest {
    private static final int ROW = 441;
    /** More than one buffer of the file takes. */
    private static final int ROWS = 1500;

    @ParameterizedTest(name = "with {0} bytes of memory")
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void returnsTheRowsThatWereAdded(long memoryBytes) {
        float[] pixels = new float[ROWS * ROW];
        Random random = new Random(1);
        PixelStore.Writer writer = PixelStore.writer(ROWS, ROW, memoryBytes);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextInt(50) == 0 ? Float.NaN : (float) random.nextGaussian();
        }
        for (int row = 0; row < ROWS; row++) {
            writer.add(pixels, row * ROW);
        }
        PixelStore store = writer.done();
        assertThat(store).isInstanceOf(memoryBytes == 0 ? PixelsOnDisk.class : PixelsInMemory.class);
        float[] found = new float[ROWS * ROW];
        for (int row = ROWS - 1; row >= 0; row--) {
            store.copyTo(row, found, row * ROW);
        }
        assertThat(Arrays.equals(found, pixels)).isTrue();
        assertThat(store.pixel(777, 13)).isEqualTo(pixels[777 * ROW + 13]);
    }

    @ParameterizedTest(name = "with {0} bytes of memory")
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void mayStayEmpty(long memoryBytes) {
        assertThat(PixelStore.writer(5, ROW, memoryBytes).done()).isNotNull();
    }
}
