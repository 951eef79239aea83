package dev.stampede.commandline;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The one subcommand of a program that its arguments name. A start that creates the options of all subcommands takes longer
 * than the work of a short one.
 */
final class NamedSubcommand {
    private NamedSubcommand() {}

    /**
     * A command that has no other subcommand than the one that {@code arguments} begin with. Its class is found by its name,
     * such as {@code ReplayDeadLettersCommand}: reading the annotations of all subcommands takes as long as a help text.
     *
     * @param program a picocli command object or class with subcommands
     * @return empty if the arguments begin with something else, or the subcommand needs the others
     */
    static Optional<CommandSpec> of(Object program, String... arguments) {
        Class<?> type = program instanceof Class<?> given ? given : program.getClass();
        Command declared = type.getAnnotation(Command.class);
        if (declared == null || arguments.length == 0) {
            return Optional.empty();
        }
        for (Class<?> subcommand : declared.subcommands()) {
            if (subcommand != CompletionCommand.class
                    && subcommand.getSimpleName().equals(className(arguments[0]))
                    && subcommand.getAnnotation(Command.class).name().equals(arguments[0])) {
                return Optional.of(
                        CommandSpec.create().addSubcommand(arguments[0], CommandSpec.forAnnotatedObject(subcommand)));
            }
        }
        return Optional.empty();
    }

    private static String className(String command) {
        StringBuilder name = new StringBuilder();
        for (String word : command.split("-", -1)) {
            if (!word.isEmpty()) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return name.append("Command").toString();
    }
}
