package dev.stampede.streaming.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.ExternalProgram;
import dev.stampede.stamps.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tool, where this machine has it. */
public final class Promtool {
    private static final String NAME = "promtool";

    private Promtool() {}

    /**
     * What it said.
     *
     * @param reported standard output and error together
     */
    public record Answer(int exitCode, String reported) {}

    /** Requires the tool for the running test. */
    public static void requireInstalled() {
        Requirement.require(
                ExternalProgram.onPath(NAME).isPresent(),
                "there is no promtool on this machine; Debian's package prometheus has it");
    }

    /** Runs it with {@code input} on its standard input. */
    public static Answer run(byte[] input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(NAME));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input);
        }
        String reported = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Answer(process.waitFor(), reported);
    }
}
