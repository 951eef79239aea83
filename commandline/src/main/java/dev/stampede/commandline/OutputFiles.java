package dev.stampede.commandline;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.file.AtomicFile;
import dev.stampede.stamps.file.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * The option {@code --force}, and the check of the files and folders that a command is to write, before its work begins: none
 * that exists is overwritten without the option.
 */
public final class OutputFiles {
    @Option(names = "--force", description = "Overwrite an existing file, or files in an existing folder.")
    private boolean isForced;

    /** Overwrites as with {@code --force}: for a command that continues the run which wrote the files. */
    public void force() {
        isForced = true;
    }

    /**
     * Checks that {@code file} can be written, and does not exist or is to be overwritten. A device or a pipe can be written.
     *
     * @throws CommandException if it exists and is not to be overwritten
     * @throws FileAccessException if it cannot be written
     */
    public void requireFile(Path file) {
        AtomicFile.requireWritable(file);
        requireNew(file);
    }

    /**
     * Checks that files can be written in {@code folder}, which is created with its parents if absent, and that it has none or
     * they are to be overwritten.
     *
     * @throws CommandException if it has files and they are not to be overwritten
     * @throws FileAccessException if it cannot be written
     */
    public void requireFolder(Path folder) {
        AtomicFile.requireWritableFolder(folder);
        requireNew(folder);
    }

    /**
     * Checks that {@code path} is neither a file nor a folder with files, or is to be overwritten.
     *
     * @throws CommandException otherwise
     */
    public void requireNew(Path path) {
        if (!isForced && exists(path)) {
            throw CommandException.usage(path + " exists; --force overwrites it.");
        }
    }

    private static boolean exists(Path path) {
        try {
            return Files.isRegularFile(path) || Folders.hasFiles(path);
        } catch (IOException failure) {
            throw FileAccessException.writing(path, failure);
        }
    }
}
