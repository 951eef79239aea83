package dev.stampede.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Python of Debian, with the modules of its packages. */
public final class DebianPython {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String TIMEOUT_SECONDS = "120";

    private DebianPython() {}

    /** Requires modules for the running test; {@code packages} are those of Debian that have them. */
    public static void require(List<String> modules, String packages) throws IOException, InterruptedException {
        boolean installed = Files.isExecutable(PYTHON)
                && start(Map.of(), List.of("-c", "import " + String.join(", ", modules)))
                                .waitFor()
                        == 0;
        Requirement.require(
                installed,
                PYTHON + " has not all of the modules " + modules + "; apt-get install " + packages + " installs them");
    }

    /** The lines that a script or {@code -m MODULE} with its arguments prints; it must succeed. */
    public static List<String> run(Object... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** The same with environment variables. */
    public static List<String> run(Map<String, String> environment, Object... arguments)
            throws IOException, InterruptedException {
        return run(0, environment, arguments);
    }

    /** The lines that a script prints, to both outputs; it must fail. */
    public static List<String> fail(Object... arguments) throws IOException, InterruptedException {
        return run(1, Map.of(), arguments);
    }

    private static List<String> run(int exitCode, Map<String, String> environment, Object... arguments)
            throws IOException, InterruptedException {
        Process process =
                start(environment, Stream.of(arguments).map(String::valueOf).toList());
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
        return output.lines().toList();
    }

    private static Process start(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("timeout", TIMEOUT_SECONDS, PYTHON.toString(), "-B"));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().putAll(environment);
        process.environment().remove("PYTHONPATH");
        return process.start();
    }
}
