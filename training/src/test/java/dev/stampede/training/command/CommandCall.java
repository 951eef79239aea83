package dev.stampede.training.command;

import dev.stampede.commandline.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The exit code and the output of a command. */
record CommandCall(int exitCode, String out, String err) {
    static CommandCall of(String... arguments) {
        PrintStream standardOut = System.out;
        PrintStream standardErr = System.err;
        ByteArrayOutputStream outText = new ByteArrayOutputStream();
        ByteArrayOutputStream errText = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outText, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errText, true, StandardCharsets.UTF_8));
            int exitCode = CommandRunner.run(new TrainingCommands(), arguments);
            return new CommandCall(
                    exitCode, outText.toString(StandardCharsets.UTF_8), errText.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standardOut);
            System.setErr(standardErr);
        }
    }
}
