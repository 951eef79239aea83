package dev.stampede.stamps.results.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TableFormatTest {
    @Test
    void helpNamesTheExtensionsOfAllResultsTables() {
        String extensions = TableFormat.WITH_IMAGES.stream()
                .filter(format -> !format.isOneColumn())
                .flatMap(format -> format.extensions().stream())
                .collect(Collectors.joining(", "));
        assertThat(TableFormat.TABLES).isEqualTo(extensions);
    }
}
