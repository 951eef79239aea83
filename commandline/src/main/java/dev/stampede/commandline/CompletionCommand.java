package dev.stampede.commandline;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: the completion script of the program that it is a subcommand of. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that completes commands, options and values of options in bash and zsh.",
        footer = {
            "bash: write it to ~/.local/share/bash-completion/completions/stampede.",
            "zsh: write it to a file that ~/.zshrc sources after compinit."
        })
@Example("completion > ~/.local/share/bash-completion/completions/stampede")
public final class CompletionCommand implements Callable<Integer> {
    private static final String NAME = "stampede";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash(NAME, spec.root().commandLine()));
        out.flush();
        return 0;
    }
}
