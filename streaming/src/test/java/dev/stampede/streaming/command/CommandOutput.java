package dev.stampede.streaming.command;

import dev.stampede.commandline.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command answered and said. */
public record CommandOutput(int exitCode, String out, String err) {
    /** Runs the program as the launcher does, with both streams caught. */
    public static CommandOutput by(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream caughtOut = new ByteArrayOutputStream();
        ByteArrayOutputStream caughtErr = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(caughtOut, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(caughtErr, true, StandardCharsets.UTF_8));
            int exitCode = CommandRunner.run(
                    StampedeCommands.create(),
                    List.of(arguments).stream().map(String::valueOf).toArray(String[]::new));
            return new CommandOutput(
                    exitCode, caughtOut.toString(StandardCharsets.UTF_8), caughtErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
