package dev.stampede.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReleaseFaultTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE);

    @Test
    void theReferenceListsTheReasonsByTheirMetricLabels() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/releases.md"));
        List<String> listed =
                ROW.matcher(page).results().map(row -> row.group(1)).toList();
        List<String> labels = Stream.of(ReleaseFault.values())
                .map(fault -> fault.name().toLowerCase(Locale.ROOT))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(labels);
    }
}
