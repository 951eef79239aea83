package dev.stampede.systemtests.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.streaming.DebianPython;
import dev.stampede.streaming.command.StampedeCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executes the notebook as its reader does, with the program of this build. */
@Tag("system")
class NotebookSystemTest {
    private static final Path NOTEBOOK = Path.of("..", "examples", "kbmod_to_verdicts.ipynb");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path launcher() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classPath = System.getProperty("java.class.path");
        Path launcher = Files.writeString(
                folder.resolve("stampede"),
                "#!/bin/sh\nexec " + java + " -cp '" + classPath + "' " + StampedeCommands.class.getName()
                        + " \"$@\"\n");
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        return launcher;
    }

    /** What the cells print, and how many pictures they show. */
    private record Outputs(List<String> printed, int pictures) {
        static Outputs of(Path notebook) throws IOException {
            List<String> printed = new ArrayList<>();
            int pictures = 0;
            for (JsonNode cell : MAPPER.readTree(notebook.toFile()).get("cells")) {
                for (JsonNode output : cell.path("outputs")) {
                    if (output.path("name").asText().equals("stdout")) {
                        output.get("text").forEach(line -> printed.add(line.asText()));
                    }
                    if (output.path("data").has("image/png")) {
                        pictures++;
                    }
                }
            }
            return new Outputs(printed, pictures);
        }
    }

    @Test
    void printsAndShowsWhatTheRepositoryKeeps() throws IOException, InterruptedException {
        DebianPython.require(
                List.of("nbconvert", "ipykernel", "astropy", "matplotlib"),
                "python3-nbconvert python3-ipykernel python3-astropy python3-matplotlib");
        DebianPython.run(
                Map.of("STAMPEDE", launcher().toString()),
                "-m",
                "nbconvert",
                "--to=notebook",
                "--execute",
                "--output-dir=" + folder,
                "--output=executed.ipynb",
                NOTEBOOK);
        Outputs outputs = Outputs.of(folder.resolve("executed.ipynb"));
        assertThat(outputs).isEqualTo(Outputs.of(NOTEBOOK));
        assertThat(outputs.pictures()).isEqualTo(2);
        assertThat(String.join("", outputs.printed())).contains("'REAL': ", "'BOGUS': ");
    }
}
