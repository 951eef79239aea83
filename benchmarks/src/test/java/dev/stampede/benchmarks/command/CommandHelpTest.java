package dev.stampede.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.commandline.Example;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The help of every command of every module. */
class CommandHelpTest {
    private static final Pattern LABEL = Pattern.compile("[A-Z0-9][A-Z0-9_.:|,=a-z]*");
    private static final List<String> OUTPUTS = List.of("--out", "--report", "--npy", "--write-live");
    private static final CommandLine ALL = BenchCommands.commandLine();

    static Stream<String> commands() {
        return leaves(ALL).map(line -> line.getCommandSpec().qualifiedName(" ")).map(name -> name.split(" ", 2)[1]);
    }

    private static Stream<CommandLine> leaves(CommandLine line) {
        Map<String, CommandLine> subcommands = line.getSubcommands();
        return subcommands.isEmpty()
                ? Stream.of(line)
                : subcommands.values().stream().flatMap(CommandHelpTest::leaves);
    }

    private static CommandLine command(String name) {
        CommandLine line = ALL;
        for (String part : name.split(" ", -1)) {
            line = Objects.requireNonNull(line.getSubcommands().get(part), part);
        }
        return line;
    }

    @Test
    void walksTheCommandsOfAllModules() {
        assertThat(commands()).contains("classify", "train", "bench soak", "completion");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasAnExampleThatItParses(String name) {
        CommandSpec command = command(name).getCommandSpec();
        Example example = command.userObject().getClass().getAnnotation(Example.class);
        assertThat(example).as("@Example of " + name).isNotNull();
        assertThat(example.value()).startsWith(name);
        ParseResult parsed = DocumentedCommand.of(example.value()).parse(ALL);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        assertThat(parsed.commandSpec().name()).isEqualTo(command.name());
        assertThat(command.commandLine().getUsageMessage()).containsOnlyOnce("stampede " + example.value());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void overwritesItsOutputOnlyIfForced(String name) {
        CommandSpec command = command(name).getCommandSpec();
        boolean writes = OUTPUTS.stream().anyMatch(option -> command.findOption(option) != null);
        boolean continues = name.equals("fetch-data");
        assertThat(command.findOption("--force") != null).isEqualTo(writes && !continues);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionHasADescriptionAndAPlaceholder(String name) {
        for (OptionSpec option : command(name).getCommandSpec().options()) {
            assertThat(String.join("", option.description()))
                    .as(option.longestName())
                    .isNotBlank();
            if (option.arity().max() > 0 && !option.hidden()) {
                assertThat(option.paramLabel()).as(option.longestName()).matches(LABEL);
            }
        }
    }

    /** The completion script names the list of values after the placeholder. */
    @ParameterizedTest
    @MethodSource("commands")
    void optionsWithAListOfValuesHaveDifferentPlaceholders(String name) {
        Map<String, String> lists = new HashMap<>();
        for (OptionSpec option : command(name).getCommandSpec().options()) {
            if (option.completionCandidates() != null) {
                assertThat(lists.put(option.paramLabel(), option.longestName()))
                        .as(option.longestName())
                        .isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void showsOnlyDefaultsThatAreValues(String name) {
        String help = command(name).getUsageMessage();
        assertThat(help)
                .doesNotContain("Optional", "Default:", "default: []", "default: )", "default: null", "${", "@|");
        for (OptionSpec option : command(name).getCommandSpec().options()) {
            if (!option.required() || option.group() != null) {
                continue;
            }
            List<String> lines = help.lines()
                    .filter(line -> line.startsWith("*") && line.contains(option.longestName()))
                    .toList();
            assertThat(lines).as(option.longestName() + " is marked").hasSize(1);
        }
    }

    @Test
    void groupsLongListsOfOptions() {
        assertThat(command("train").getUsageMessage())
                .containsSubsequence(
                        "Usage: stampede train [OPTIONS] --data=DATA [--data=DATA]... --out=FILE.onnx",
                        "Options (* required):",
                        "* ",
                        "--data=DATA",
                        "Model:",
                        "--network=NAME",
                        "(default: vgg6)",
                        "Hyperparameters:",
                        "--batch-size=N",
                        "(default: 256)");
    }
}
