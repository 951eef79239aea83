package dev.stampede.commandline;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of a command as its help, its manual page and the reference of commands list them. */
public final class OptionList {
    /** The heading of options that have no other. */
    static final String STANDARD = "Options";

    private static final Set<String> NO_VALUES = Set.of("", "null", "[]", "{}", "Optional.empty");

    private OptionList() {}

    /** The visible options by heading, in the order of declaration; --help and --version close the first group. */
    public static Map<String, List<OptionSpec>> byHeading(CommandSpec command) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        groups.put(STANDARD, new ArrayList<>());
        List<OptionSpec> visible =
                command.options().stream().filter(option -> !option.hidden()).toList();
        Stream.concat(
                        visible.stream().filter(option -> !isHelp(option)),
                        visible.stream().filter(OptionList::isHelp))
                .forEach(option -> groups.computeIfAbsent(heading(option), name -> new ArrayList<>())
                        .add(option));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }

    private static boolean isHelp(OptionSpec option) {
        return option.usageHelp() || option.versionHelp();
    }

    private static String heading(OptionSpec option) {
        if (!(option.userObject() instanceof Field field)) {
            return STANDARD;
        }
        return Optional.ofNullable(field.getAnnotation(OptionHeading.class))
                .or(() -> Optional.ofNullable(field.getDeclaringClass().getAnnotation(OptionHeading.class)))
                .map(OptionHeading::value)
                .orElse(STANDARD);
    }

    /** All names of an option, and its value: {@code -o, --out=DIR}, or {@code --[no-]embed}. */
    public static String names(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        return Stream.of(option.names()).map(name -> nameOf(name, option)).collect(Collectors.joining(", ")) + value;
    }

    private static String nameOf(String name, OptionSpec option) {
        CommandSpec command = option.command();
        return option.negatable() ? command.negatableOptionTransformer().makeSynopsis(name, command) : name;
    }

    /** Whether an argument must be given: one of several that exclude each other need not, and none of an optional group. */
    static boolean isRequired(ArgSpec argument) {
        boolean isRequired = argument.required();
        for (ArgGroupSpec group = argument.group(); group != null; group = group.parentGroup()) {
            isRequired &= !group.exclusive() && group.multiplicity().min() > 0;
        }
        return isRequired;
    }

    /** The description of an argument with its default, and whether it is required. */
    public static String describe(ArgSpec argument) {
        String text = String.join(" ", argument.description());
        return defaultOf(argument)
                        .map(value -> text.replaceFirst("\\.$", "") + " (default: " + value + ").")
                        .orElse(text)
                + (isRequired(argument) ? " Required." : "");
    }

    /** The default of an argument, unless it has none or its description names it. */
    static Optional<String> defaultOf(ArgSpec argument) {
        boolean isFlag = argument.arity().max() == 0;
        boolean isDescribed = String.join(" ", argument.description()).contains("default:");
        if (isFlag || isDescribed || argument.required()) {
            return Optional.empty();
        }
        return Optional.ofNullable(argument.defaultValueString()).filter(value -> !NO_VALUES.contains(value));
    }
}
