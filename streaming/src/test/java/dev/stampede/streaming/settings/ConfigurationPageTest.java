package dev.stampede.streaming.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "settings.md");

    @Test
    void theDocumentedSettingsAreThoseOfTheProgram() throws IOException {
        if (Boolean.getBoolean("stampede.regenerate")) {
            Files.writeString(PAGE, ConfigurationPage.text());
        }
        assertThat(PAGE)
                .as("docs/reference/settings.md; write it again with ./mvnw -pl streaming -am test"
                        + " -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dstampede.regenerate=true")
                .hasContent(ConfigurationPage.text());
    }
}
