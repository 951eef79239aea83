package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench packets}: ZTF packets to stamps in a small heap, and their rate beside that of a plain reading. */
@Command(
        name = "packets",
        mixinStandardHelpOptions = true,
        description = "Decodes ZTF packets to stamps in a heap of 256 MB, and beside plain Avro and nom-tam-fits.")
final class PacketsCommand implements Callable<Integer> {
    private static final String HEAP = "-Xmx256m";
    private static final int SIMULATED = 64;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--messages",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Packets that are decoded with an eye on the heap (default: ${DEFAULT-VALUE}).")
    private long messages;

    @Option(
            names = "--packets",
            paramLabel = "DIR",
            description = "A folder of ZTF packets, *.avro. Without it they are simulated, 70 KB each.")
    private @Nullable Path folder;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "3",
            description = "Seconds on a core of each of five rounds of each reading (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--here", hidden = true, description = "Measure in this process, whatever its heap.")
    private boolean here;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (messages < 1 || !(seconds > 0)) {
            throw CommandFailure.usage("--messages must be 1 or more, and --seconds above 0");
        }
        if (!here) {
            return inASmallHeap();
        }
        Figures.print(spec.commandLine().getOut(), json, new PacketBench(packets(), messages, seconds).run());
        return 0;
    }

    private int inASmallHeap() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(options())).inheritIO();
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start().waitFor();
    }

    private List<String> options() {
        List<String> options =
                new ArrayList<>(List.of("--messages", Long.toString(messages), "--seconds", Double.toString(seconds)));
        if (folder != null) {
            options.addAll(List.of("--packets", folder.toString()));
        }
        if (json) {
            options.add("--json");
        }
        return options;
    }

    /** What measures with {@code options} in a small heap. */
    static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                BenchCommands.class.getName(),
                "bench",
                "packets",
                "--here"));
        command.addAll(options);
        return command;
    }

    private List<byte[]> packets() {
        return folder == null ? ZtfLikePackets.of(SIMULATED, 1) : read(folder);
    }

    private static List<byte[]> read(Path folder) {
        List<byte[]> packets = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".avro"))
                    .sorted()
                    .toList()) {
                packets.add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw CommandFailure.failed("Cannot read the packets in " + folder + ": " + e.getMessage() + ".");
        }
        if (packets.isEmpty()) {
            throw CommandFailure.usage("There is no *.avro file in " + folder + ".");
        }
        return packets;
    }
}
