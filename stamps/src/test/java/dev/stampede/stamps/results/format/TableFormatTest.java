package dev.stampede.stamps.results.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableFormatTest {
    @Test
    void everyListOfThemInADocumentNamesAll() throws IOException {
        List<String> all = List.of(TableFormat.TABLES.split(", ", -1));
        try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
            for (Path page :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                for (String paragraph : Files.readString(page).split("\\R\\R", -1)) {
                    if (all.stream()
                                    .filter(one -> paragraph.contains("`" + one + "`"))
                                    .count()
                            > 2) {
                        assertThat(all)
                                .as(page + ": " + paragraph)
                                .allMatch(one -> paragraph.contains("`" + one + "`"));
                    }
                }
            }
        }
    }

    @Test
    void helpNamesTheExtensionsOfAllResultsTables() {
        String extensions = TableFormat.WITH_IMAGES.stream()
                .filter(format -> !format.isOneColumn())
                .flatMap(format -> format.extensions().stream())
                .collect(Collectors.joining(", "));
        assertThat(TableFormat.TABLES).isEqualTo(extensions);
    }
}
