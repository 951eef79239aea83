package dev.stampede.training.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class OneDnnTest {
    private final String processor = System.getProperty("os.arch");

    @AfterEach
    void restore() {
        System.setProperty("os.arch", processor);
        System.clearProperty(OneDnn.PROPERTY);
    }

    @Test
    void isUsedInSinglePrecisionOnly() {
        System.setProperty("os.arch", "amd64");
        assertThat(OneDnn.isEnabled(DataType.FLOAT)).isTrue();
        assertThat(OneDnn.isEnabled(DataType.DOUBLE)).isFalse();
    }

    @Test
    void isNotLoadedOnProcessorsThatItsLibraryLacks() {
        System.setProperty("os.arch", "aarch64");
        assertThat(OneDnn.isEnabled()).isFalse();
        assertThatCode(OneDnn::load).doesNotThrowAnyException();
    }

    @Test
    void isNotUsedIfSwitchedOff() {
        System.setProperty(OneDnn.PROPERTY, "false");
        assertThat(OneDnn.isEnabled()).isFalse();
    }
}
