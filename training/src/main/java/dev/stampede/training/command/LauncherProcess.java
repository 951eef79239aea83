package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.ParentProcessMonitor;
import dev.stampede.stamps.error.FailureReason;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command of the streaming module as a separate process, which ends if this one is killed: training does not depend
 * on Kafka and on packets, and the files that the process writes are the only interface.
 */
final class LauncherProcess {
    /** The system property that holds the path of the launcher. */
    static final String LAUNCHER = "stampede.launcher";

    private final String name;
    private final List<String> command;

    private LauncherProcess(String name, List<String> command) {
        this.name = name;
        this.command = command;
    }

    /**
     * The command {@code name} with {@code options}.
     *
     * @param need what needs it and what to do without the launcher, for the message
     * @throws CommandException if this program was not started by the launcher
     */
    static LauncherProcess of(String name, List<String> options, String need) {
        String launcher = System.getProperty(LAUNCHER, "");
        if (launcher.isEmpty()) {
            throw CommandException.failed(need);
        }
        List<String> command = new ArrayList<>(List.of(launcher, name));
        command.addAll(options);
        return new LauncherProcess(name, command);
    }

    /**
     * Runs it with the standard output of this program.
     *
     * @param consequence what its failure means, for the message
     * @throws CommandException if it fails; its own message is already on standard error
     */
    void run(String consequence) {
        run(Redirect.INHERIT, consequence);
    }

    /** The same with its standard output in {@code file}. */
    void run(Path file, String consequence) {
        run(Redirect.to(file.toFile()), consequence);
    }

    private void run(Redirect output, String consequence) {
        int code = exitCode(output);
        if (code != 0) {
            throw CommandException.failed(
                    "./stampede " + name + " ended with exit code " + code + "; " + consequence + ".");
        }
    }

    private int exitCode(Redirect output) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output).redirectError(Redirect.INHERIT);
            builder.environment().put(ParentProcessMonitor.VARIABLE, "true");
            Process process = builder.start();
            try {
                return process.waitFor();
            } finally {
                process.destroy();
            }
        } catch (IOException failure) {
            throw CommandException.failed("Cannot start " + command.get(0) + ": " + FailureReason.of(failure) + ".");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("Stopped while ./stampede " + name + " ran.");
        }
    }
}
