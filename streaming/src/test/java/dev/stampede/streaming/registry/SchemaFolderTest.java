package dev.stampede.streaming.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.RealData;
import dev.stampede.stamps.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFolderTest {
    private static final String INNER =
            "{\"type\": \"record\", \"namespace\": \"sky.v2\", \"name\": \"source\", \"fields\": []}";
    private static final String OUTER =
            "{\"type\": \"record\", \"namespace\": \"sky.v2\", \"name\": \"alert\", \"fields\": [{\"name\": \"seen\","
                    + " \"type\": \"sky.v2.source\"}]}";

    @TempDir
    private Path folder;

    private void write(String name, String schema) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, schema);
    }

    @Test
    void putsTheFilesOfAVersionTogether() throws IOException {
        write("2/7/sky.alert.avsc", OUTER); // before the record that it refers to, by name
        write("2/7/sky.source.avsc", INNER);
        write("2/7/readme.txt", "no schema");
        SchemaFolder schemas = SchemaFolder.read(folder);
        assertThat(schemas.find(new SchemaId.Numbered(207)).orElseThrow().getFullName())
                .isEqualTo("sky.v2.alert");
        assertThat(schemas.find(new SchemaId.Numbered(2))).isEmpty();
        assertThat(schemas.outage()).isEmpty();
    }

    @Test
    void refusesAFolderWithoutASchema() throws IOException {
        write("notes/7/sky.alert.avsc", OUTER);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> SchemaFolder.read(folder))
                .withMessageContaining(folder.toString());
    }

    @Test
    void refusesAVersionWithoutAnAlertAndOneThatIsBroken() throws IOException {
        write("2/7/sky.source.avsc", INNER);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> SchemaFolder.read(folder))
                .withMessageContaining("alert");
        write("2/7/sky.alert.avsc", "{");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> SchemaFolder.read(folder))
                .withMessageContaining(folder.toString());
    }

    @Test
    void readsWhatRubinPublishes() {
        SchemaFolder schemas = SchemaFolder.read(RealData.folder("packets").resolve("rubin/schemas"));
        assertThat(schemas.find(new SchemaId.Numbered(900)).orElseThrow().getFullName())
                .isEqualTo("lsst.v9_0.alert");
        assertThat(schemas.find(new SchemaId.Numbered(1000)).orElseThrow().getFullName())
                .isEqualTo("lsst.v10_0.alert");
        assertThat(schemas.find(new SchemaId.Numbered(1100)).orElseThrow().getFullName())
                .isEqualTo("lsst.v11_0.alert");
    }
}
