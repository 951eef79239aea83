package dev.stampede.streaming.command;

import java.util.Set;
import picocli.CommandLine;

/** The commands that a distribution has. */
public final class CommandNames {
    private CommandNames() {}

    public static Set<String> all() {
        return new CommandLine(StampedeCommands.create()).getSubcommands().keySet();
    }
}
