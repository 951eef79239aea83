package dev.stampede.commandline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of every command: as wide as the terminal, required options in the synopsis and marked with *, options under
 * the heading of their {@link OptionHeading}, defaults that are values, and the {@link Example} of the command.
 */
final class CommandHelp extends Help {
    private static final String EXAMPLE_SECTION = "example";

    private CommandHelp(CommandSpec command, ColorScheme colours) {
        super(command, colours);
    }

    /** Sets the help of a command and of all its subcommands. */
    static void install(CommandLine line) {
        line.setUsageHelpAutoWidth(true);
        line.setHelpFactory(new Factory());
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), EXAMPLE_SECTION);
        line.setHelpSectionKeys(sections);
        configure(line);
    }

    private static void configure(CommandLine line) {
        CommandSpec command = line.getCommandSpec();
        UsageMessageSpec usage = command.usageMessage();
        usage.sortOptions(false)
                .requiredOptionMarker('*')
                .descriptionHeading("%n")
                .commandListHeading("%nCommands:%n");
        if (!command.positionalParameters().isEmpty()) {
            usage.parameterListHeading("%nArguments:%n");
        }
        if (!usage.exitCodeList().isEmpty()) {
            usage.exitCodeListHeading("%nExit codes:%n");
        }
        if (usage.footer().length > 0) {
            usage.footerHeading("%n");
        }
        line.getHelpSectionMap().put(EXAMPLE_SECTION, new ExampleSection());
        line.getSubcommands().values().forEach(CommandHelp::configure);
    }

    // Not lambdas, which an archive of classes cannot hold: picocli's interfaces are in an old format.

    private static final class Factory implements CommandLine.IHelpFactory {
        @Override
        public Help create(CommandSpec command, ColorScheme colours) {
            return new CommandHelp(command, colours);
        }
    }

    private static final class ExampleSection implements CommandLine.IHelpSectionRenderer {
        @Override
        public String render(Help help) {
            CommandSpec command = help.commandSpec();
            Example example = command.userObject().getClass().getAnnotation(Example.class);
            return example == null
                    ? ""
                    : String.format(
                            Locale.ROOT, "%nExample:%n  %s %s%n", command.root().name(), example.value());
        }
    }

    private record OptionRenderer(IOptionRenderer standard) implements IOptionRenderer {
        @Override
        public Ansi.Text[][] render(OptionSpec option, IParamLabelRenderer labels, ColorScheme colours) {
            Ansi.Text[][] rows = standard.render(option, labels, colours);
            if (!OptionList.isRequired(option)) {
                rows[0][0] = colours.text(""); // no marker: it is required only within its group
            }
            return withDefault(rows, option, colours);
        }
    }

    private record ParameterRenderer(IParameterRenderer standard) implements IParameterRenderer {
        @Override
        public Ansi.Text[][] render(PositionalParamSpec parameter, IParamLabelRenderer labels, ColorScheme colours) {
            return withDefault(standard.render(parameter, labels, colours), parameter, colours);
        }
    }

    /** The synopsis names required options; one word stands for all others. */
    @Override
    protected Ansi.Text createDetailedSynopsisOptionsText(
            Collection<ArgSpec> done, List<OptionSpec> options, Comparator<OptionSpec> sort, boolean cluster) {
        List<OptionSpec> required =
                options.stream().filter(OptionSpec::required).toList();
        Ansi.Text text = super.createDetailedSynopsisOptionsText(done, required, null, cluster);
        return options.isEmpty() ? text : colorScheme().text(" [OPTIONS]").concat(text);
    }

    @Override
    public String optionList() {
        StringBuilder list = new StringBuilder();
        OptionList.byHeading(commandSpec()).forEach((heading, options) -> {
            String legend = options.stream().anyMatch(OptionList::isRequired) ? " (* required)" : "";
            list.append(String.format(Locale.ROOT, "%n%s%s:%n", heading, legend))
                    .append(optionListExcludingGroups(options));
        });
        return list.toString();
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
        return new OptionRenderer(super.createDefaultOptionRenderer());
    }

    @Override
    public IParameterRenderer createDefaultParameterRenderer() {
        return new ParameterRenderer(super.createDefaultParameterRenderer());
    }

    /** Appends the default to the last cell of the last row, which is the end of the description. */
    private static Ansi.Text[][] withDefault(Ansi.Text[][] rows, ArgSpec argument, ColorScheme colours) {
        OptionList.defaultOf(argument).ifPresent(value -> {
            Ansi.Text[] row = rows[rows.length - 1];
            Ansi.Text text = row[row.length - 1];
            int end = text.plainString().length() - (text.plainString().endsWith(".") ? 1 : 0);
            row[row.length - 1] = text.substring(0, end).concat(colours.text(" (default: " + value + ")."));
        });
        return rows;
    }
}
