package dev.stampede.streaming.command.option;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --force} of commands with an option {@code --out}, and the check of both. */
@OptionHeading(OutputFile.HEADING)
public final class OutputFile {
    /** The heading of the options about the file. */
    public static final String HEADING = "Output file";

    @Option(names = "--force", description = "Replace an existing file.")
    private boolean isForced;

    /**
     * The file to write; empty if there is none.
     *
     * @param out the value of {@code --out}
     * @param isDescribed whether other options are given that only a file needs
     * @param rule says which options need a file, for the message
     * @throws CommandException if options that need a file are given without one, or the file exists and is not to be replaced
     */
    public Optional<Path> of(@Nullable Path out, boolean isDescribed, String rule) {
        if (out == null && (isDescribed || isForced)) {
            throw CommandException.usage(rule + ": name its file with --out.");
        }
        if (out != null && Files.exists(out) && !isForced) {
            throw CommandException.usage(out + " exists already; name another file, or replace it with --force.");
        }
        return Optional.ofNullable(out);
    }
}
