package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.error.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the command {@code export-labels} as a separate process: training does not depend on Kafka, and the folder that
 * the process writes is the only interface.
 */
final class ExportLabelsProcess {
    /** The system property that holds the path of the launcher. */
    static final String LAUNCHER = "stampede.launcher";

    private ExportLabelsProcess() {}

    /**
     * Runs {@code export-labels} with {@code options}.
     *
     * @throws CommandException if it fails; its own message is already on standard error
     */
    static void run(List<String> options, Path out) {
        String launcher = System.getProperty(LAUNCHER, "");
        if (launcher.isEmpty()) {
            throw CommandException.failed(
                    "--config needs the command export-labels: start ./stampede retrain, or run ./stampede"
                            + " export-labels first and give --data.");
        }
        List<String> command = new ArrayList<>(List.of(launcher, "export-labels", "--out", out.toString()));
        command.addAll(options);
        int code = exitCode(command);
        if (code != 0) {
            throw CommandException.failed(
                    "./stampede export-labels ended with exit code " + code + "; nothing was trained.");
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
            throw CommandException.failed("Cannot start " + command.get(0) + ": " + FailureReason.of(failure) + ".");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("Stopped while ./stampede export-labels ran.");
        }
    }
}
