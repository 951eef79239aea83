package dev.stampede.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of the launcher and of the completion script are those of the modules. */
class CommandListTest {
    private static final Path LIST = Path.of("../deploy/dist/commands.txt");

    private static Set<String> listed(String module) throws IOException {
        return Files.readAllLines(LIST).stream()
                .map(line -> line.split("\\|", -1))
                .filter(line -> line[2].equals(module))
                .map(line -> line[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> commandsOf(String root) throws ClassNotFoundException {
        return new CommandLine(Class.forName(root)).getSubcommands().keySet();
    }

    @Test
    void theLauncherListsTheCommandsOfEachModule() throws IOException, ClassNotFoundException {
        assertThat(listed("streaming")).isEqualTo(commandsOf("dev.stampede.streaming.command.StampedeCommands"));
        assertThat(listed("training")).isEqualTo(commandsOf("dev.stampede.training.command.TrainingCommands"));
        assertThat(listed("benchmarks")).isEqualTo(commandsOf("dev.stampede.benchmarks.command.BenchCommands"));
    }

    @Test
    void theDistributionForGpusHasAllCommands() throws IOException, ClassNotFoundException {
        List<String> properties = Pattern.compile("<dist.commands>(.*)</dist.commands>")
                .matcher(Files.readString(Path.of("../distribution/pom.xml")))
                .results()
                .map(match -> match.group(1))
                .toList();
        Set<String> commands = new TreeSet<>();
        for (String root : properties.get(properties.size() - 1).split(" ", -1)) {
            commands.addAll(commandsOf(root));
        }
        assertThat(commands)
                .containsAll(listed("streaming"))
                .containsAll(listed("training"))
                .contains("bench");
    }

    @Test
    void commandsOfOneGroupStandTogether() throws IOException {
        List<String> groups = Files.readAllLines(LIST).stream()
                .map(line -> line.split("\\|", -1)[1])
                .toList();
        long changes = 1
                + IntStream.range(1, groups.size())
                        .filter(i -> !groups.get(i).equals(groups.get(i - 1)))
                        .count();
        assertThat(changes).isEqualTo(groups.stream().distinct().count());
    }

    @Test
    void bashCompletesCommandsAndOptionsOfAllModules(@TempDir Path folder) throws Exception {
        StringWriter script = new StringWriter();
        int code = BenchCommands.commandLine().setOut(new PrintWriter(script)).execute("completion");
        assertThat(code).isZero();
        Path file = Files.writeString(folder.resolve("stampede"), script.toString());

        assertThat(complete(file, "tra")).containsExactly("train");
        assertThat(complete(file, "classify", "--input-p")).containsExactly("--input-planes");
        assertThat(complete(file, "train", "--schedule", "CO")).containsExactly("CONSTANT", "COSINE");
    }

    /** What bash offers for the last word of a call of the program. */
    private static List<String> complete(Path script, String... arguments) throws IOException, InterruptedException {
        String call = "stampede " + String.join(" ", arguments);
        String program =
                "source " + script + "; COMP_WORDS=(" + call + "); COMP_CWORD=" + arguments.length + "; COMP_LINE='"
                        + call + "'; COMP_POINT=${#COMP_LINE}; _complete_stampede; printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process process = new ProcessBuilder("bash", "-c", program)
                .redirectError(ProcessBuilder.Redirect.DISCARD) // compopt works only in an interactive shell
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().map(String::strip).sorted().toList();
    }
}
