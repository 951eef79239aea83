package dev.stampede.training.command;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command {@code archive}, as a process of its own: training knows nothing of Kafka, and the folder that the process
 * leaves is all that passes.
 */
final class ArchiveProcess {
    /** The system property in which the launcher names itself. */
    static final String LAUNCHER = "stampede.launcher";

    private ArchiveProcess() {}

    /**
     * Runs {@code archive} with {@code options}.
     *
     * @throws CommandFailure if it does not end well; it has said why itself
     */
    static void run(List<String> options, Path out) {
        String launcher = System.getProperty(LAUNCHER, "");
        if (launcher.isEmpty()) {
            throw CommandFailure.failed(
                    "--config needs the command archive: start ./stampede retrain, or run ./stampede"
                            + " archive first and give --data.");
        }
        List<String> command = new ArrayList<>(List.of(launcher, "archive", "--out", out.toString()));
        command.addAll(options);
        int code = exitCode(command);
        if (code != 0) {
            throw CommandFailure.failed("./stampede archive ended with exit code " + code + "; nothing was trained.");
        }
    }

    private static int exitCode(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                return process.waitFor();
            } finally {
                process.destroy();
            }
        } catch (IOException failure) {
            throw CommandFailure.failed("Cannot start " + command.get(0) + ": " + failure.getMessage() + ".");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("Stopped while ./stampede archive ran.");
        }
    }
}
