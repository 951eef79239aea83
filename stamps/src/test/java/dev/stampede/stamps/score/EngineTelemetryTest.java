package dev.stampede.stamps.score;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** No usage data leave a survey's machine: ONNX Runtime 1.29 sends them unless an environment variable forbids it. */
class EngineTelemetryTest {
    private static final String LIBRARY = "/ai/onnxruntime/native/linux-x64/libonnxruntime.so";

    @Test
    void theEngineHasNoAddressToSendUsageDataTo() throws IOException {
        try (InputStream library = Objects.requireNonNull(OrtEnvironment.class.getResourceAsStream(LIBRARY))) {
            String content = new String(library.readAllBytes(), ISO_8859_1);
            assertThat(content.contains("onnxruntime")).as("names are found").isTrue();
            assertThat(content.toLowerCase(Locale.ROOT).contains("events.data.microsoft.com"))
                    .as("the collector's address")
                    .isFalse();
        }
    }
}
