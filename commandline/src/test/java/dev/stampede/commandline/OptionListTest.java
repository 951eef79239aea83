package dev.stampede.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

@SuppressWarnings("UnusedVariable") // picocli sets the fields
class OptionListTest {
    @Command(name = "send", description = "Sends.")
    private static final class Send {
        @Option(names = "--out", required = true, paramLabel = "FILE", description = "File.")
        private String out;

        @Option(names = "--embed", negatable = true, description = "Embed the file.")
        private @Nullable Boolean embed;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private Pair pair = new Pair();

        @ArgGroup(exclusive = false)
        private @Nullable Search search;

        @ArgGroup(multiplicity = "1")
        private What what = new What();
    }

    private static final class Pair {
        @Option(names = "--key", required = true, paramLabel = "KEY", description = "Key.")
        private String key;
    }

    private static final class Search {
        @Option(names = "--search", required = true, description = "Search.")
        private boolean search;
    }

    private static final class What {
        @ArgGroup(exclusive = false)
        private @Nullable One one;

        @Option(names = "--csv", required = true, paramLabel = "FILE", description = "Table.")
        private @Nullable String csv;
    }

    private static final class One {
        @Option(names = "--id", required = true, paramLabel = "ID", description = "Id.")
        private String id;
    }

    private static final CommandLine SEND = new CommandLine(new Send());

    private static OptionSpec option(String name) {
        return Objects.requireNonNull(SEND.getCommandSpec().findOption(name), name);
    }

    @Test
    void aFlagThatCanBeNegatedIsListedWithItsNegation() {
        assertThat(OptionList.names(option("--embed"))).isEqualTo("--[no-]embed");
        assertThat(OptionList.names(option("--out"))).isEqualTo("--out=FILE");
    }

    @Test
    void requiredIsWhatEveryCallNeeds() {
        List<String> required = SEND.getCommandSpec().options().stream()
                .filter(option -> OptionList.describe(option).endsWith(" Required."))
                .map(OptionSpec::longestName)
                .toList();
        assertThat(required).containsExactlyInAnyOrder("--out", "--key");
    }

    @Test
    void helpMarksTheSameOptions() {
        CommandLine line = new CommandLine(new Send());
        CommandHelp.install(line);
        List<String> marked = line.getUsageMessage()
                .lines()
                .filter(text -> text.startsWith("*"))
                .map(text -> text.replaceAll("\\* +(--[a-z]+).*", "$1"))
                .toList();
        assertThat(marked).containsExactlyInAnyOrder("--out", "--key");
    }
}
